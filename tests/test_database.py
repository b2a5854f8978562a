"""The typed tables in DuckDB: filled once, then only read, with limits."""

import datetime as dt
import time
from collections.abc import Iterator
from decimal import Decimal

import pytest

from generator.records import database
from generator.records.database import Database, QueryError, QueryTimeoutError, literal, quoted
from generator.records.loading import Loader, Relation


@pytest.fixture
def sealed() -> Iterator[Database]:
    loader = Loader()
    loader.fill("recorded.t", {"_row": "bigint", "a": "varchar"}, [(1, "x"), (2, None)])
    loader.run("create view t as select * from recorded.t where _row = 1")
    loader.add(Relation("days", {"day": "date", "n": "decimal(18,6)"}, ((dt.date(2026, 1, 1), 2),)))
    with loader.seal() as handle:
        yield handle


def test_tables_and_relations_can_be_asked(sealed: Database) -> None:
    assert sealed.ask("select * from t") == (["_row", "a"], [(1, "x")])
    assert sealed.ask("select n from days") == (["n"], [(Decimal("2.000000"),)])


def test_inside_as_recorded_a_name_means_all_rows(sealed: Database) -> None:
    with sealed.as_recorded():
        assert sealed.ask("select count(*) from t")[1] == [(2,)]
    assert sealed.ask("select count(*) from t")[1] == [(1,)]


def test_the_day_counted_on_is_a_macro(sealed: Database) -> None:
    sealed.count_on(dt.date(2026, 3, 1))
    assert sealed.ask("select as_of()")[1] == [(dt.date(2026, 3, 1),)]


@pytest.mark.parametrize(
    "query",
    [
        "drop table recorded.t",
        "create table x (a integer)",
        "insert into recorded.t values (3, 'y')",
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
        "copy days to '/tmp/x.csv'",
        "attach '/tmp/x.db'",
        "set enable_external_access = true",
        "install httpfs",
        "select nothing",
        "create temp table x (a integer)",
        "attach ':memory:' as m",
        "create macro m() as 1",
        "rollback; create table x (a integer)",
        "commit",
        "select 1; select 2",
        "",
    ],
)
def test_a_sealed_database_refuses_by_itself(sealed: Database, query: str) -> None:
    with pytest.raises(QueryError):
        sealed.ask(query)


def test_a_runaway_query_is_interrupted(sealed: Database) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        sealed.ask(
            "select count(*) from range(100000) a, range(100000) b where a.range < b.range", 0.2
        )
    assert time.monotonic() - started < 10
    assert sealed.ask("select 1")[1] == [(1,)]


def test_so_is_the_next_one_and_a_slow_query_within_its_limit_is_not(sealed: Database) -> None:
    endless = "select count(*) from range(100000) a, range(100000) b where a.range < b.range"
    for _ in range(2):
        with pytest.raises(QueryTimeoutError):
            sealed.ask(endless, 0.1)
    assert sealed.ask("select count(*) from range(3000000)", 30)[1] == [(3_000_000,)]
    with pytest.raises(QueryTimeoutError):
        sealed.ask(endless, 0.1)


def test_too_many_rows_are_refused(sealed: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ROW_LIMIT", 10)
    assert len(sealed.ask("select * from range(10)")[1]) == 10
    with pytest.raises(QueryError, match="more than 10 rows"):
        sealed.ask("select * from range(11)")


def test_a_loader_refuses_files_and_tells_what_duckdb_refuses() -> None:
    loader = Loader()
    with pytest.raises(QueryError):
        loader.run("select * from read_text('/etc/hostname')")
    loader.fill("empty", {"a": "integer"}, [])
    assert loader.run("select * from empty") == []
    loader.close()


def test_names_and_text_are_quoted() -> None:
    assert quoted('a"b') == '"a""b"'
    assert literal("it's") == "'it''s'"


def test_a_relation_is_made_when_a_query_needs_it_and_nothing_else_can_be() -> None:
    loader = Loader()
    for name in ("one", "two", "three", "four"):
        loader.add(Relation(name, {"n": "bigint"}, ((len(name),),)))
    with loader.seal() as handle:
        assert handle.ask("select n from one", reads=["one"])[1] == [(3,)]
        assert not loader.waits(["one"])
        assert all(loader.waits([name]) for name in ("two", "three", "four"))
        with handle.as_recorded():
            handle.count_on(dt.date(2026, 3, 1))
            query = "select n, as_of() from two"
            assert handle.ask(query, reads=["two"])[1] == [(3, dt.date(2026, 3, 1))]
        assert handle.ask("select n from two", reads=["two"])[1] == [(3,)]
        for query in ("create table x (a integer)", "set enable_external_access = true"):
            with pytest.raises(QueryError):
                handle.ask(query, reads=["one"])
        assert loader.waits(["three"])
        assert handle.ask("select n from three", reads=["three", "unheard of"])[1] == [(5,)]
        assert not loader.waits(["four"]), "where a name is not known, all are made"
