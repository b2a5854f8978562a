"""One thing wrong with a built site; what finds faults and what tells of them share it."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a built file."""

    file: str
    what: str
