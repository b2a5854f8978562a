"""Answers of earlier runs: whatever is edited, what they give is what is computed anew."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cache.store import FILE, Store
from generator.ledger import Ledger, check_project, count_ledger
from generator.project import read_project
from generator.records.answers import Answer
from generator.records.database import TIME_LIMIT, Database
from generator.records.facts import relations_in
from generator.records.loading import Loader, Relation
from tests.sample_copy import sample_copy
from tests.small_school import MEASURE, NOW, SmallSchool, small_school

CELLS = (
    "select 1 as n, 'a' as t, true as b, null as e, date '2026-02-28' as d, time '08:30:00' as c,"
    " 1.50::decimal(9,2) as x from days"
)
DAY = dt.date(2026, 2, 28)


def _asked(store: Store, query: str, day: dt.date = DAY, note: int = 2) -> Answer:
    loader = Loader(store=store)
    loader.add(Relation("days", {"day": "date", "n": "bigint"}, ((DAY, note),)))
    with loader.seal() as database:
        database.count_on(day)
        answer = database.ask(query, reads=["days"])
    store.close()
    return answer


def test_an_answer_comes_back_with_its_types(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    cells: tuple[object, ...] = (1, "a", True, None, DAY, dt.time(8, 30), Decimal("1.50"))
    wanted = (["n", "t", "b", "e", "d", "c", "x"], [cells])
    for _ in range(2):
        assert repr(_asked(store, CELLS)) == repr(wanted)


def test_another_relation_or_another_day_has_another_answer(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    query = "select n, as_of() from days"
    assert _asked(store, query)[1] == [(2, DAY)]
    assert _asked(store, query, note=3)[1] == [(3, DAY)]
    assert _asked(store, query, day=dt.date(2026, 3, 1))[1] == [(2, dt.date(2026, 3, 1))]
    assert _asked(store, query)[1] == [(2, DAY)]


def test_what_cannot_be_written_is_asked_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    for _ in range(2):
        _, rows = _asked(store, "select [day] as l from days")
        assert repr(rows) == "[([datetime.date(2026, 2, 28)],)]"


def test_a_relation_that_is_not_known_is_asked_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE)
    for note in (2, 3):
        loader = Loader(store=store)
        loader.fill("days", {"n": "bigint"}, [(note,)])
        with loader.seal() as database:
            assert database.ask("select n from days", reads=["days"])[1] == [(note,)]
        store.close()


def test_every_query_of_the_sample_names_all_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, frozenset[str] | None] = {}
    ask = Database.ask

    def watched(
        self: Database, query: str, limit: float = TIME_LIMIT, reads: Iterable[str] | None = None
    ) -> Answer:
        asked[query] = None if reads is None else frozenset(reads)
        return ask(self, query, limit, reads)

    monkeypatch.setattr(Database, "ask", watched)
    with sample_copy(tmp_path).checked() as checked:
        count_ledger(checked, checked.project.as_of)
    assert len(asked) > 100
    assert {query: reads for query, reads in asked.items() if reads != relations_in(query)} == {}


TALKS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.dates(dt.date(2025, 9, 1), dt.date(2026, 11, 20)),
        st.integers(0, 3),
        st.sampled_from(["", "2026-03-01"]),
    ),
    max_size=4,
)
GROUPS = st.sampled_from(["a,甲班,2025-09-01,\nb,乙班,2025-09-01,", "a,甲班,2025-09-01,"])
TARGETS = st.sampled_from(["{at_least: 2}", "{at_least: 1}"])
EDITS = st.one_of(
    st.tuples(st.just("talks"), TALKS),
    st.tuples(st.just("groups"), GROUPS),
    st.tuples(st.just("target"), TARGETS),
    st.tuples(st.just("schema"), st.sampled_from(["", "constraints: {maximum: 2}, "])),
)


@settings(max_examples=12, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
def test_a_ledger_with_answers_is_the_ledger_without(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, object]]
) -> None:
    school = small_school(tmp_path_factory.mktemp("school"))
    school.indicator(subjects="{table: groups}", evidence=_evidence())
    for what, how in [("talks", [("a", dt.date(2026, 9, 2), 2, "")]), *edits]:
        _edit(school, what, how)
        assert _ledger(school, kept=True) == _ledger(school, kept=False)


def _evidence() -> str:
    return """
        select _row, held_on as happened_on, group_id as subject, amount as value,
          due_on, done_on is null as open
        from talks
        """


def _edit(school: SmallSchool, what: str, how: object) -> None:
    if what == "talks" and isinstance(how, list):
        lines = [f"t{n},{g},{day},{n_},,,{done}" for n, (g, day, n_, done) in enumerate(how)]
        school.rows("talks", "\n".join(lines))
    elif what == "groups":
        school.rows("groups", str(how))
    elif what == "target":
        school.indicator(MEASURE, subjects="{table: groups}", evidence=_evidence(), target=str(how))
    elif what == "schema":
        path = "records/schemas/talks.yaml"
        text = (school.root / path).read_text(encoding="utf-8")
        plain = text.replace("constraints: {maximum: 2}, ", "")
        school.write(path, plain.replace("type: number, ", f"type: number, {how}"))


def _ledger(school: SmallSchool, *, kept: bool) -> tuple[object, ...]:
    project, found = read_project(school.root, NOW)
    if not kept:
        project = dataclasses.replace(project, store=Store())
    with check_project(project, found) as checked:
        ledger: Ledger = count_ledger(checked, dt.date(2026, 11, 20))
    plain = [(a.headline, a.history, a.evidence, a.due) for a in ledger.assessments.values()]
    return plain, ledger.problems, ledger.clauses


def test_what_did_not_change_is_not_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-09-02,2,,,\nt2,b,2026-09-02,2,,,")
    school.indicator(subjects="{table: groups}", evidence=_evidence())
    first = _ledger(school, kept=True)

    def refuse(*_: object) -> None:
        pytest.fail("a relation was filled")

    monkeypatch.setattr(Loader, "fill", refuse)
    assert _ledger(school, kept=True) == first


def test_a_date_that_was_past_on_a_later_day_is_looked_at_again_on_an_earlier_one(
    tmp_path: Path,
) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-12-20,2,,,")
    early = dt.datetime(2026, 12, 1, 4, 0, tzinfo=dt.UTC)
    for now, rules in [(NOW, []), (early, ["date-future"]), (NOW, [])]:
        with school.checked(now) as checked:
            assert [problem.rule for problem in checked.problems] == rules
