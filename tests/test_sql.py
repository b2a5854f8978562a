"""Declared SQL: good queries pass, every way out is refused, places are exact."""

import pytest

from generator.problems.problem import Place
from generator.records.facts import relations_in
from generator.records.sql import check_derived, check_expression, check_query
from generator.strict_yaml import Node, read_yaml

RELATIONS = ["walks", "duties", "calendar_days"]


def node(text: str) -> Node:
    place = Place("f.yaml", 1, 1)
    return Node(text, place, place, place, text)


GOOD = {
    "plain": "select _row, walked_on as happened_on from walks",
    "semicolon at the end": "select 1 from walks;\n",
    "from first": "from walks select walk",
    "case": "select case result when 'fine' then 1 else 0 end from walks",
    "cast": "select cast(minutes as decimal(10, 2)), walked_on::varchar from walks",
    "try": "select try_cast(remark as integer), try(minutes / 0) from walks",
    "window": "select row_number() over (partition by duty order by walked_on desc) from walks",
    "running sum": (
        "select sum(minutes) over (order by walked_on rows between 2 preceding and current row)"
        " from walks"
    ),
    "frame of days": (
        "select count(*) over (order by walked_on range between interval 7 day preceding"
        " and current row) from walks"
    ),
    "lateral": (
        "select w.walk, x.n from walks w join lateral (select count(*) as n from duties d"
        " where d.duty = w.duty) x on true"
    ),
    "union": "select walk from walks union all select duty from duties",
    "except": "select duty from walks except select duty from duties",
    "with": "with late as (select * from walks) select * from late join duties using (duty)",
    "with that uses the one before": "with a as (select 1 as x), b as (select x from a) from b",
    "with in a subquery": "select (with q as (select 1 as x) select x from q) from walks",
    "recursive": (
        "with recursive up as (select duty, above from duties union"
        " select d.duty, u.above from duties d join up u on d.above = u.duty) select * from up"
    ),
    "filter": "select count(*) filter (where indoors), bool_and(indoors) from walks",
    "interval": "select walked_on + interval 7 day, walked_on - 3, interval (minutes) month"
    " from walks",
    "date parts": (
        "select year(walked_on), date_part('month', walked_on), extract(week from walked_on),"
        " date_trunc('month', walked_on), last_day(walked_on), strftime(walked_on, '%Y')"
        " from walks"
    ),
    "difference of days": "select date_diff('day', walked_on, as_of()) from walks",
    "date literal": "select * from walks where walked_on > date '2026-01-01'",
    "lists": (
        "select unnest(string_split(helpers, ';')) as helper, [1, 2][1],"
        " list_contains(string_split(helpers, ';'), duty) from walks"
    ),
    "between and in": "select * from walks where minutes between 1 and 5 and duty in ('a', 'b')",
    "not in a subquery": "select * from walks where duty not in (select duty from duties)",
    "like": "select * from walks where remark like '%灯%' or remark not ilike 'x%' or walk ~ 'W'",
    "exists": "select * from duties d where exists (select 1 from walks w where w.duty = d.duty)",
    "qualify": "select * from walks qualify rank() over (order by minutes) = 1",
    "distinct on": "select distinct on (duty) duty, walked_on from walks order by duty, walked_on",
    "order and limit": "select * from walks order by minutes desc nulls last limit 3 offset 1",
    "group by all": "select duty, sum(minutes), string_agg(walk, ';' order by walk) from walks"
    " group by all having count(*) > 1",
    "rollup": "select duty, grouping(duty), count(*) from walks group by rollup (duty)",
    "values": "select * from (values ('fire', 1), ('food', 2)) t(kind, n)",
    "series": "select * from generate_series(1, 12) g(month)",
    "star": "select * exclude (remark) replace (minutes * 60 as minutes) from walks",
    "null": "select coalesce(minutes, 0), nullif(duty, ''), minutes is not null from walks",
    "distinct from": "select * from walks where duty is distinct from 'x' and indoors is true",
    "semicolon in text": "select split_part(helpers, ';', 1) || '; ' from walks",
    "semicolon in a comment": "select walk -- one; two\nfrom walks /* three; */",
    "row values": "select * from walks where (duty, minutes) in (select duty, 1 from duties)",
    "keywords in text": "select 'drop table walks; current_date' as label from walks",
    "a column called like the clock, qualified": "select w.user from walks w",
}


@pytest.mark.parametrize("query", GOOD.values(), ids=GOOD.keys())
def test_a_good_query_passes(query: str) -> None:
    assert check_query(node(query), RELATIONS) == []


CLOCK = "select _row from walks where walked_on < "
BAD = {
    "bare date": (CLOCK + "current_date", "sql-forbidden"),
    "quoted date": (CLOCK + '"current_date"', "sql-forbidden"),
    "bare time in capitals": (CLOCK + "CURRENT_TIMESTAMP", "sql-forbidden"),
    "local time": (CLOCK + "localtimestamp", "sql-forbidden"),
    "now": (CLOCK + "now()", "sql-forbidden"),
    "today": (CLOCK + "today()", "sql-forbidden"),
    "qualified now": (CLOCK + "system.main.now()", "sql-forbidden"),
    "get current timestamp": (CLOCK + "get_current_timestamp()", "sql-forbidden"),
    "transaction timestamp": (CLOCK + "transaction_timestamp()", "sql-forbidden"),
    "age": (CLOCK + "age(walked_on)", "sql-forbidden"),
    "user": ("select user from walks", "sql-forbidden"),
    "session user": ("select session_user from walks", "sql-forbidden"),
    "random": ("select random() from walks", "sql-forbidden"),
    "random in the order": ("select * from walks order by random()", "sql-forbidden"),
    "random in a window": (
        "select sum(1) over (order by random()) from walks",
        "sql-forbidden",
    ),
    "seed": ("select setseed(0.5) from walks", "sql-forbidden"),
    "uuid": ("select uuid() from walks", "sql-forbidden"),
    "generated uuid": ("select gen_random_uuid() from walks", "sql-forbidden"),
    "sample": ("select * from walks tablesample 10%", "sql-forbidden"),
    "using sample": ("select * from walks using sample 3 rows", "sql-forbidden"),
    "csv": ("select * from read_csv('/etc/passwd')", "sql-forbidden"),
    "csv with auto": ("select * from read_csv_auto('x')", "sql-forbidden"),
    "parquet": ("select * from read_parquet('x')", "sql-forbidden"),
    "json": ("select * from read_json('x')", "sql-forbidden"),
    "text": ("select content from read_text('/etc/passwd')", "sql-forbidden"),
    "blob": ("select * from read_blob('x')", "sql-forbidden"),
    "glob": ("select * from glob('*')", "sql-forbidden"),
    "file as a table": ("select * from 'walks.csv'", "sql-unknown-relation"),
    "quoted file as a table": ('select * from "walks.csv"', "sql-unknown-relation"),
    "address as a table": ("select * from 'https://example.org/x.csv'", "sql-unknown-relation"),
    "file behind the name of a with": (
        'select * from (with "x.csv" as (select 1 as a) select * from "x.csv") t, "x.csv"',
        "sql-unknown-relation",
    ),
    "with that hides a system table": (
        "with duckdb_tables as (select * from duckdb_tables) select * from duckdb_tables",
        "sql-unknown-relation",
    ),
    "name of a with that looks qualified": (
        'with "raw.walks" as (select 1) select * from raw.walks',
        "sql-unknown-relation",
    ),
    "query of text": ("select * from query('select 1')", "sql-forbidden"),
    "table by text": ("select * from query_table('walks')", "sql-forbidden"),
    "variable": ("select getvariable('as_of')", "sql-forbidden"),
    "setting": ("select current_setting('threads')", "sql-forbidden"),
    "environment": ("select getenv('HOME')", "sql-forbidden"),
    "version": ("select version()", "sql-forbidden"),
    "information schema": ("select * from information_schema.tables", "sql-unknown-relation"),
    "system tables": ("select * from duckdb_tables()", "sql-forbidden"),
    "system view": ("select * from duckdb_settings", "sql-unknown-relation"),
    "sqlite master": ("select * from sqlite_master", "sql-unknown-relation"),
    "pragma function": ("select * from pragma_table_info('walks')", "sql-forbidden"),
    "qualified name": ("select * from recorded.walks", "sql-unknown-relation"),
    "catalogue": ("select * from memory.main.walks", "sql-unknown-relation"),
    "another day": ("select * from walks at (timestamp => '2026-01-01')", "sql-forbidden"),
    "parameter": ("select * from walks where walk = ?", "sql-forbidden"),
    "numbered parameter": ("select * from walks where walk = $1", "sql-forbidden"),
    "position": ("select #1 from walks", "sql-forbidden"),
    "lambda": ("select list_transform([1], x -> x + 1)", "sql-forbidden"),
    "columns by lambda": ("select columns(c -> c like 'w%') from walks", "sql-forbidden"),
    "odd type": ("select cast(walk as uuid) from walks", "sql-forbidden"),
    "odd function": ("select hash(walk) from walks", "sql-forbidden"),
    "collation": ("select walk collate nocase from walks", "sql-forbidden"),
    "describe": ("describe walks", "sql-forbidden"),
    "show": ("show tables", "sql-forbidden"),
    "summarize": ("summarize walks", "sql-forbidden"),
    "unpivot": ("unpivot walks on minutes into name n value v", "sql-forbidden"),
    "pivot": ("pivot walks on duty using sum(minutes)", "sql-not-select"),
    "pragma": ("pragma database_list", "sql-not-select"),
    "set": ("set threads = 1", "sql-not-select"),
    "set variable": ("set variable as_of = date '2000-01-01'", "sql-not-select"),
    "attach": ("attach 'x.db'", "sql-not-select"),
    "install": ("install httpfs", "sql-not-select"),
    "load": ("load httpfs", "sql-not-select"),
    "copy": ("copy walks to 'x.csv'", "sql-not-select"),
    "export": ("export database 'x'", "sql-not-select"),
    "create": ("create table x as select 1", "sql-not-select"),
    "temporary table": ("create temp table x as select 1", "sql-not-select"),
    "macro": ("create macro as_of() as date '2000-01-01'", "sql-not-select"),
    "insert": ("insert into walks select * from walks", "sql-not-select"),
    "update": ("update walks set walk = ''", "sql-not-select"),
    "delete": ("delete from walks", "sql-not-select"),
    "drop": ("drop table walks", "sql-not-select"),
    "explain": ("explain select 1", "sql-not-select"),
    "call": ("call pragma_version()", "sql-not-select"),
    "transaction": ("begin transaction", "sql-not-select"),
    "two selects": ("select 1; select 2", "sql-not-select"),
    "select and drop": ("select 1; drop table walks", "sql-not-select"),
    "drop behind a comment": ("select 1 /* ; */; drop table walks --", "sql-not-select"),
    "comment behind the semicolon": ("select 1 from walks; -- done", "sql-not-select"),
    "nothing": ("", "sql-not-select"),
    "a comment only": ("-- nothing", "sql-not-select"),
    "no SQL": ("selct 1", "sql-broken"),
    "cut off": ("select * from walks where (", "sql-broken"),
    "bracket that leaves the query": ("select 1) union (select 2", "sql-broken"),
    "comment that is not closed": ("select 1 from walks /* x", "sql-broken"),
    "text that is not closed": ("select 'x from walks", "sql-broken"),
}


@pytest.mark.parametrize(("query", "rule"), BAD.values(), ids=BAD.keys())
def test_a_way_out_is_refused(query: str, rule: str) -> None:
    problems = check_query(node(query), RELATIONS)
    assert rule in {problem.rule for problem in problems}


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        pytest.param("q: select 1 from wlaks", 1, 18, id="plain"),
        pytest.param("q: |\n  select 1\n  from wlaks", 3, 8, id="block"),
        pytest.param("q: >-\n  select '中文'\n  from wlaks", 3, 8, id="folded, behind Han"),
        pytest.param("q: 'select ''x'' from wlaks'", 1, 23, id="quoted"),
        pytest.param("q: select 1 from walks where current_date > x", 1, 30, id="clock"),
        pytest.param("q: |\n  select 1 from walks;\n  drop table x", 3, 3, id="second statement"),
        pytest.param("q: select now() from walks", 1, 11, id="function"),
        pytest.param("q: |\n  select 1\n  frm walks b c", 3, 7, id="syntax"),
    ],
)
def test_the_place_is_that_of_the_word(yaml: str, line: int, column: int) -> None:
    top, _ = read_yaml(yaml, "f.yaml")
    assert top is not None
    assert isinstance(top.value, dict)
    problems = check_query(top.value["q"], RELATIONS)
    assert [problem.place for problem in problems] == [Place("f.yaml", line, column)]


def test_an_unknown_relation_or_function_has_near_names() -> None:
    assert check_query(node("select 1 from wlaks"), RELATIONS)[0].near == ("walks",)
    near = check_query(node("select substrng(walk) from walks"), RELATIONS)[0].near
    assert near == ("substring", "substr")


def test_names_of_relations_are_written_as_they_are_declared() -> None:
    problems = check_query(node("select 1 from WALKS"), RELATIONS)
    assert [problem.rule for problem in problems] == ["sql-unknown-relation"]


def test_each_fault_is_told_once() -> None:
    problems = check_query(node("select now(), random() from x, y"), RELATIONS)
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("expression", "rules", "column"),
    [
        pytest.param("mended_on < walked_on", [], 0, id="good"),
        pytest.param("exists (select 1 from duties)", [], 0, id="a subquery is allowed"),
        pytest.param("minutes > now()", ["sql-forbidden"], 11, id="clock"),
        pytest.param("minutes > > 1", ["sql-broken"], 11, id="broken"),
        pytest.param("minutes > 1; drop table walks", ["sql-broken"], 12, id="two statements"),
        pytest.param("1) from secrets --", ["sql-broken"], 1, id="out of the brackets"),
    ],
)
def test_an_expression_over_one_table(expression: str, rules: list[str], column: int) -> None:
    problems = check_expression(node(expression), "walks", RELATIONS)
    assert [problem.rule for problem in problems] == rules
    if rules != ["sql-broken"]:
        assert [problem.place.column for problem in problems] == [column] * len(rules)


def test_a_derived_column_looks_at_its_own_row_only() -> None:
    assert check_derived(node("case when mended_on is null then 'open' end"), "walks") == []
    for bad in ("(select max(walk) from walks)", "(select 1)"):
        problems = check_derived(node(bad), "walks")
        assert [problem.rule for problem in problems] == ["sql-forbidden"]
    problems = check_derived(node("(select 1 from duties)"), "walks")
    assert [problem.rule for problem in problems] == ["sql-unknown-relation"]


@pytest.mark.parametrize(
    ("query", "relations"),
    [
        pytest.param(
            "select 1 from walks w join duties d using (duty)", {"walks", "duties"}, id="2"
        ),
        pytest.param("with w as (select * from walks) select * from w", {"walks"}, id="with"),
        pytest.param("select 1", set(), id="none"),
        pytest.param("with walks as (select 1) from walks", set(), id="hidden"),
        pytest.param("broken (", set(), id="broken"),
    ],
)
def test_the_relations_of_a_query(query: str, relations: set[str]) -> None:
    assert relations_in(query) == relations
