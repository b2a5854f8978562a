"""Whether an earlier run found the very same tables sound, so that they need not be judged again.

Tables are the same when their bytes, their schemas and the numbers of their rows are. What was
sound on one day is sound on every later one: dates only pass.
"""

import datetime as dt

from generator.records.loading import Loader
from generator.records.staging import staged
from generator.records.tables import RawTables
from generator.records.views import view_of


class Soundness:
    """What a store knows of tables; of those that could not all be read, nothing."""

    def __init__(self, loader: Loader, raw: RawTables) -> None:
        self._answers = loader.answers
        self._parts: dict[str, tuple[str | bytes, ...]] = {}
        self._is_whole = not raw.broken and all(table.digest for table in raw.tables.values())
        for name, table in raw.tables.items():
            made = staged(table.table.schema, name), view_of(table.table)
            rules = repr(table.table.schema.references), repr(table.table.schema.fields)
            self._parts[name] = (name, *made, *rules, str(table.base), table.digest)
        self._unknown = {name for name, table in raw.tables.items() if not table.digest}

    def was_found(self, today: dt.date) -> bool:
        """An earlier run found every one of these tables sound, on this day or before."""
        kept = self._answers.first_sound(self._all()) if self._is_whole else None
        return kept is not None and kept <= today

    def found(self, today: dt.date) -> None:
        """Keep that every one of these tables is sound."""
        if self._is_whole and self._answers.knows(self._parts):
            self._answers.keep_sound(self._all(), today)

    def know(self, table: str) -> None:
        """Answers may be given from what this table was made of: every row of it is sound."""
        if table not in self._unknown:
            self._answers.know(table, *self._parts[table])

    def rely(self) -> None:
        """The same for all tables."""
        for table in self._parts:
            self.know(table)

    def _all(self) -> list[str | bytes]:
        return [part for parts in self._parts.values() for part in parts]
