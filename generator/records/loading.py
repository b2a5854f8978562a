"""A database being filled, in memory, and then sealed.

`seal` gives the `Database` that everything else asks; external access is off by then and the
configuration locked.
"""

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from generator.cache.store import Store
from generator.disk import write_file
from generator.records.answers import Answers, Row
from generator.records.connection import Connection
from generator.records.database import Database, QueryError, quoted

BULK_FROM = 2**18
"""Bytes from which on a file is read by DuckDB itself; below, splitting it here is as fast."""


@dataclasses.dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the engine itself (calendar, clauses): column name to DuckDB type, rows."""

    name: str
    columns: dict[str, str]
    rows: tuple[Row, ...]


class Loader:
    """A database being filled, in memory; what does not fit goes to a temporary folder."""

    def __init__(self, bulk_from: int = BULK_FROM, store: Store | None = None) -> None:
        """Make an empty database.

        Args:
            bulk_from: how many bytes make a file worth reading by DuckDB itself.
            store: where answers of earlier runs are kept; without one, none are.
        """
        self.bulk_from = bulk_from
        self.answers = Answers(store or Store())
        self._connection = Connection()
        self._numbers = itertools.count(1)
        self._shut = False
        self._later: dict[str, list[Callable[[], object]]] = defaultdict(list)

    def next_number(self) -> int:
        """A number that names a relation of ours apart from all others."""
        return next(self._numbers)

    def put_aside(self, data: bytes) -> Path:
        """Write bytes to a file of ours, which lives as long as the database."""
        file = self._connection.folder / f"{self.next_number()}.csv"
        write_file(file, data)
        return file

    def load_file(self, query: str) -> list[Row]:
        """Run a query of ours that reads a file; only possible before anything else is run.

        Raises:
            QueryError: DuckDB refused it or the file.
        """
        if self._shut:
            message = "files are read before anything else is run"
            raise QueryError(message)
        return self._execute(query, ())

    def load_in_order(self, name: str, query: str, *, parallel: bool = True) -> int:
        """Make a table of a query that reads a file, rows in the order of the file; count them.

        DuckDB keeps that order only where no join stands between the file and the table; it
        makes one of a long `in`, unless told not to.

        Args:
            name: the table to make.
            query: of ours.
            parallel: whether the file is so large that several threads may share it.

        Raises:
            QueryError: DuckDB refused it or the file, or would mix up the rows.
        """
        plan = self.load_file(f"explain {query}") if parallel else []
        if any("Join Type:" in str(line[-1]) for line in plan):
            message = "the rows would not keep their order"
            raise QueryError(message)
        return int(str(self.load_file(f"create table {name} as {query}")[0][0]))

    def later(self, relation: str, make: Callable[[], object]) -> None:
        """Make a relation when it is first asked; when nobody asks it, never."""
        self._later[relation].append(make)

    def waits(self, relations: Iterable[str] | None) -> bool:
        """Whether one of these relations, or of all, is still to be made."""
        return not self._later.keys().isdisjoint(self._named(relations))

    def need(self, relations: Iterable[str] | None) -> None:
        """Make what was left for later of these relations, or of all."""
        for name in [*self._named(relations)]:
            self.make(name)

    def make(self, relation: str) -> None:
        """Make one relation, if it waits."""
        for make in self._later.pop(relation, ()):
            make()

    def _named(self, relations: Iterable[str] | None) -> Iterable[str]:
        """The relations; all where one of them is unknown, so that none is missed."""
        if relations is None or not self.answers.knows(relations):
            return self._later.keys()
        return relations

    def ask(self, query: str, reads: Iterable[str]) -> list[Row]:
        """Run a query of ours, or take its answer from an earlier run.

        Args:
            query: what to ask.
            reads: every relation that it reads.
        """
        key = self.answers.key(query, reads, "as recorded")
        answer = self.answers.recall(key)
        if answer is None:
            self.need(reads)
            answer = self.answers.keep(key, ([], self.run(query)))
        return answer[1]

    def run(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run a statement of ours and return its rows; from the first one on, no file is read.

        Raises:
            QueryError: DuckDB refused it, because of declared SQL in it.
        """
        self._shut_out()
        return self._execute(query, parameters)

    def fill(self, name: str, columns: dict[str, str], rows: Iterable[Row]) -> None:
        """Create the table `name` with typed columns and insert the rows."""
        declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        self._connection.used.execute(f"create table {name} ({declared})")
        lists = [list(column) for column in zip(*rows, strict=True)]
        if lists:
            cells = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
            self._connection.used.execute(f"insert into {name} select {cells}", lists)

    def add(self, relation: Relation) -> None:
        """Add a relation of the engine beside the tables."""
        self.later(
            relation.name,
            partial(self.fill, quoted(relation.name), relation.columns, relation.rows),
        )
        self.answers.know(relation.name, repr(relation))

    def seal(self) -> Database:
        """Stop filling; what is handed out can only be read."""
        return Database(self._connection, self.answers, self)

    def close(self) -> None:
        """Give the database up."""
        self._connection.close()

    def _shut_out(self) -> None:
        if not self._shut:
            self._execute("set enable_external_access = false; reset disabled_optimizers", ())
            self._shut = True

    def finish(self) -> None:
        """Lock the configuration; relations that wait can still be made."""
        self._shut_out()
        self._connection.used.execute("set lock_configuration = true")

    def _execute(self, query: str, parameters: Sequence[object]) -> list[Row]:
        import duckdb  # noqa: PLC0415

        try:
            return self._connection.used.execute(query, list(parameters)).fetchall()
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
