"""What DuckDB refuses is told at the place of the word it means."""

import duckdb
import pytest

from generator.problems.problem import Place
from generator.records.database import QueryError
from generator.records.refusals import refused
from generator.strict_yaml import Node


@pytest.mark.parametrize(
    ("query", "rule", "word", "near"),
    [
        ("select fuond_on from a", "sql-unknown-column", "fuond_on", ("found_on",)),
        ("select 'w', w from a", "sql-unknown-column", "w from", ()),
        ("select '中文', w from a", "sql-unknown-column", "w from", ()),
        ("select a.w from a", "sql-unknown-column", "w from", ()),
        ("select x\nfrom a\nwhere w > 1", "sql-unknown-column", "w > 1", ()),
        ("select * exclude (foundon) from a", "sql-unknown-column", "foundon", ("found_on",)),
        ("select b.x from a", "sql-unknown-relation", "b.x", ()),
        ("select x + y from a", "sql-refused", "+ y", ()),
        ("select sum(x), y from a", "sql-refused", "y from", ()),
        ("select x from a join a b using (h)", "sql-unknown-column", "h)", ()),
        (
            f"select {'x, ' * 30} wrong, {'x, ' * 30} x from a",  # noqa: S608 - ours
            "sql-unknown-column",
            "wrong",
            (),
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_word_is_found(query: str, rule: str, word: str, near: tuple[str, ...]) -> None:
    place = Place("f.yaml", 1, 1)
    connection = duckdb.connect()
    connection.execute("create table a (x integer, found_on date, y varchar)")
    with pytest.raises(duckdb.Error) as raised:
        connection.execute(f"select * from (\n{query}\n)")  # noqa: S608 - the query is above
    node = Node(query, place, place, place, query)
    problem = refused(QueryError(str(raised.value)), node)
    assert (problem.rule, problem.near) == (rule, near)
    lines = query.split("\n")
    assert lines[problem.place.line - 1][problem.place.column - 1 :].startswith(word)


def test_a_message_without_a_place_points_at_the_beginning() -> None:
    place = Place("f.yaml", 3, 5)
    problem = refused(
        QueryError("Out of Memory"), Node("select 1", place, place, place, "select 1")
    )
    assert (problem.rule, problem.place) == ("sql-refused", place)
    assert "Out of Memory" in problem.wrong.zh
