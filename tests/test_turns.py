"""Every indicator of the sample school turns when the records behind it change."""

import pytest

from generator.ledger import Ledger, count_ledger
from tests.sample_copy import AS_OF, sample_copy
from tests.sample_site import sample_ledger
from tests.sample_turns import TURNS

GROUPS = sorted({group for group, _, _ in TURNS.values()})


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Ledger]:
    """One copy a group, with all its changes."""
    found = {}
    for group in GROUPS:
        school = sample_copy(tmp_path_factory.mktemp(f"group-{group}"))
        for number, change, _ in TURNS.values():
            if number == group:
                change(school)
        with school.checked() as checked:
            found[group] = count_ledger(checked, AS_OF)
    return found


def test_all_forty_three_and_every_house_rule_have_a_change() -> None:
    assert sorted(TURNS) == sorted(sample_ledger().assessments)
    plain = {name for name in TURNS if name[0] == "I" and name[-1].isdigit()}
    assert plain == {f"I{number:02d}" for number in range(1, 44)}


@pytest.mark.parametrize("indicator", sorted(TURNS))
def test_the_status_turns(indicator: str, turned: dict[int, Ledger]) -> None:
    group, _, expected = TURNS[indicator]
    before = sample_ledger().assessments[indicator]
    after = turned[group].assessments[indicator]
    assert (before.status.value != expected, after.status.value) == (True, expected)


def test_a_veto_is_told_when_it_is_triggered(turned: dict[int, Ledger]) -> None:
    assert sample_ledger().vetoes == ()
    assert [a.indicator.id for a in turned[0].vetoes] == ["I34"]
