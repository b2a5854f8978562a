"""How a command says that it was called in a wrong place or with wrong options."""


class UsageError(Exception):
    """The command was used in a wrong place or with wrong options; exit code 2."""
