"""Whether an earlier run found the very same table sound, so that it need not be judged again.

A table is the same when its bytes, its schema and the numbers of its rows are, and those of the
tables that it refers to. What was sound on one day is sound on every later one: dates only pass.
"""

import datetime as dt

from generator.cache.store import key_of
from generator.records.loading import Loader
from generator.records.staging import staged
from generator.records.tables import RawTables
from generator.records.views import view_of


class Soundness:
    """What a store knows of tables; of those that could not be read, nothing."""

    def __init__(self, loader: Loader, raw: RawTables) -> None:
        self._answers = loader.answers
        self._parts: dict[str, tuple[str | bytes, ...]] = {}
        for name, table in raw.tables.items():
            made = staged(table.table.schema, name), view_of(table.table)
            rules = repr(table.table.schema.references), repr(table.table.schema.fields)
            self._parts[name] = (name, *made, *rules, str(table.base), table.digest)
        self._unknown = {n for n, table in raw.tables.items() if not table.digest} | raw.broken
        self._whole = {
            name: (key_of(*self._parts[name]), *(key_of(*self._parts[t]) for t in sorted(targets)))
            for name, targets in ((n, raw.tables[n].table.schema.targets) for n in raw.tables)
            if not self._unknown & {name, *targets}
        }
        self.known: set[str] = set()
        """Tables from whose bytes answers may be given."""

    def was_found(self, table: str, today: dt.date) -> bool:
        """An earlier run found this very table sound, on this day or before."""
        kept = self._answers.first_sound(self._whole[table]) if table in self._whole else None
        return kept is not None and kept <= today

    def found(self, table: str, today: dt.date) -> None:
        """Keep that a table is sound."""
        if table in self._whole and table in self.known:
            self._answers.keep_sound(self._whole[table], today)

    def know(self, table: str) -> None:
        """Answers may be given from what this table was made of: every row of it is sound."""
        if table not in self._unknown:
            self._answers.know(table, *self._parts[table])
            self.known.add(table)
