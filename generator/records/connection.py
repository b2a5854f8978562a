"""DuckDB in memory, with a folder for what does not fit; neither is there before the first use.

Most edits change no row, so every answer is remembered; loading the library and opening a
database would take longer than all that such a check asks of it.
"""

import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
    "max_temp_directory_size": "2GB",
}


class Connection:
    """An empty database that is made when it is first used."""

    @cached_property
    def folder(self) -> Path:
        """A folder that lives as long as the database."""
        return Path(tempfile.mkdtemp(prefix="safecampus-"))

    @cached_property
    def used(self) -> "duckdb.DuckDBPyConnection":
        """The database itself."""
        import duckdb  # noqa: PLC0415

        config = _LIMITS | {"temp_directory": str(self.folder)}
        connection = duckdb.connect(":memory:", config=config)
        connection.execute(
            "set disabled_optimizers = 'in_clause';"
            "create schema recorded; create schema loaded;"
            "create macro as_of() as getvariable('as_of')::date"
        )
        return connection

    def interrupt(self) -> None:
        """Stop the query that runs; called from another thread."""
        self.used.interrupt()

    def close(self) -> None:
        """Give up what was made."""
        if "used" in self.__dict__:
            self.used.close()
        if "folder" in self.__dict__:
            shutil.rmtree(self.folder, ignore_errors=True)
