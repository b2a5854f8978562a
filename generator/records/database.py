"""The typed tables in DuckDB, sealed: one SELECT at a time, in a transaction that reads.

Tables as recorded live in the schema `recorded`; what was known on the day `as_of` are views of
the same names.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from generator.records.answers import Answer, Answers
from generator.records.connection import Connection
from generator.records.watch import Watch

if TYPE_CHECKING:
    import duckdb

TIME_LIMIT = 60.0
"""Seconds that one declared query may take."""
ROW_LIMIT = 2_000_000
"""Rows that one query may return."""
_BEGIN = "begin transaction read only"


class QueryError(Exception):
    """DuckDB refused a query; the message is DuckDB's first line."""


class QueryTimeoutError(QueryError):
    """A query ran longer than the limit and was interrupted."""


class Source(Protocol):
    """What fills the database."""

    def finish(self) -> None:
        """Take away every right but to make relations and to read."""
        ...

    def waits(self, relations: Iterable[str] | None) -> bool:
        """Whether one of these relations, or of all, is still to be made."""
        ...

    def need(self, relations: Iterable[str] | None) -> None:
        """Make those of these relations, or of all, that are still to be made."""
        ...


class Database:
    """A query handle on the sealed tables; use as a context manager or call `close`."""

    def __init__(self, connection: Connection, answers: Answers, source: Source) -> None:
        """Take a database whose relations `source` makes when a query needs them."""
        self._connection = connection
        self._answers = answers
        self._day, self._path = "", "main"
        self._watch = Watch(connection.interrupt)
        self._source = source
        self._is_open = False

    def __enter__(self) -> Self:
        """Return the handle itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close and remove the temporary folder."""
        self.close()

    def close(self) -> None:
        """Close and remove the temporary folder."""
        self._watch.close()
        self._connection.close()

    def count_on(self, day: dt.date) -> None:
        """Set the day that `as_of()` and the views refer to."""
        self._day = day.isoformat()
        self._settle()

    @contextmanager
    def as_recorded(self) -> Iterator[None]:
        """Inside, table names mean all rows as recorded instead of the views as of a day."""
        self._look_in("recorded,main")
        try:
            yield
        finally:
            self._look_in("main")

    def _look_in(self, path: str) -> None:
        self._path = path
        self._settle()

    def _settle(self) -> None:
        """Tell DuckDB the day and the path, once it is in use."""
        if self._is_open:
            day = f"set variable as_of = date '{self._day}';" if self._day else ""
            self._connection.used.execute(f"{day} set search_path = '{self._path}'")

    def _open(self, reads: Iterable[str] | None) -> None:
        """Have the relations at hand that a query reads, and only reading allowed."""
        if self._is_open and not self._source.waits(reads):
            return
        if self._is_open:
            self._connection.used.execute("rollback; set search_path = 'main'")
        else:
            self._source.finish()
        self._source.need(reads)
        self._connection.used.execute(_BEGIN)
        self._is_open = True
        self._settle()

    def ask(
        self,
        query: str,
        limit: float = TIME_LIMIT,
        reads: Iterable[str] | None = None,
        *,
        keep: bool = True,
    ) -> Answer:
        """Run one query; return column names and rows.

        Args:
            query: one SELECT.
            limit: seconds that it may take.
            reads: every relation that it reads, when the answer of an earlier run will do.
            keep: whether later runs may ask for the answer again.

        Raises:
            QueryTimeoutError: it took longer than `limit` seconds.
            QueryError: DuckDB refused it, or it returned too many rows.
        """
        if not keep:
            return self._run(query, limit, reads)
        key = None if reads is None else self._answers.key(query, reads, self._day + self._path)
        return self._answers.recall(key) or self._answers.keep(key, self._run(query, limit, reads))

    def state_of(self, relations: Iterable[str]) -> bytes | None:
        """The digest of all that queries of these relations can tell; None when it is not known."""
        return self._answers.key("", relations, self._day + self._path)

    def _run(self, query: str, limit: float, reads: Iterable[str] | None) -> Answer:
        import duckdb  # noqa: PLC0415 - as in `connection`

        self._open(reads)
        try:
            statement = self._only_reading(query)
            with self._watch.limit(limit):
                result = self._connection.used.execute(statement)
                names = [column[0] for column in result.description or []]
                rows = result.fetchmany(ROW_LIMIT + 1)
        except duckdb.Error as error:
            self._connection.used.execute(f"rollback; {_BEGIN}")
            late = isinstance(error, duckdb.InterruptException)
            raise (QueryTimeoutError if late else QueryError)(str(error)) from error
        if len(rows) > ROW_LIMIT:
            message = f"more than {ROW_LIMIT} rows"
            raise QueryError(message)
        return names, rows

    def _only_reading(self, query: str) -> "duckdb.Statement":
        """One statement that reads; it runs in a transaction that reads, so nothing can change."""
        from duckdb import StatementType  # noqa: PLC0415

        reading = (StatementType.SELECT, StatementType.EXPLAIN)
        statements = self._connection.used.extract_statements(query)
        if len(statements) != 1 or statements[0].type not in reading:
            message = "Invalid Input Error: only one SELECT is run"
            raise QueryError(message)
        return statements[0]


def quoted(name: str) -> str:
    """A declared name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
