"""Cards are set by a program beside ours; without it the same cards come, only later."""

import dataclasses
import sys
from pathlib import Path

import pytest

from generator import aside
from generator.aside import Aside
from generator.cards.deck import card_files, cards_aside, plan_deck, with_cards
from generator.cards.setting import Order
from generator.ledger import Ledger
from tests.sample_site import sample_ledger, sample_tree

SETTING = "generator.cards.setting"


def one_card(root: Path) -> Ledger:
    """The sample with one procedure, kept elsewhere."""
    ledger = sample_ledger()
    project = dataclasses.replace(ledger.checked.project, root=root)
    plan = dataclasses.replace(
        ledger.checked.plan, procedures=ledger.checked.plan.procedures[:1], printed=()
    )
    checked = dataclasses.replace(ledger.checked, project=project, plan=plan)
    return dataclasses.replace(ledger, checked=checked)


def shelf_of(root: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / ".build/cards").glob("*")}


@pytest.mark.skipif(aside.processes() < 2, reason="there is one processor")
def test_the_program_leaves_everything_on_the_shelf(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    ledger = one_card(tmp_path / "here")
    deck = plan_deck(ledger)
    files = card_files(deck, tmp_path / "here")
    assert files["cards/EP01.pdf"] == sample_tree().files["cards/EP01.pdf"]
    assert with_cards(ledger).problems == ledger.problems
    there = Aside(SETTING, Order(tmp_path / "there", None, system=True, cards=deck.dated))
    there.join()
    assert shelf_of(tmp_path / "there") == shelf_of(tmp_path / "here")


@pytest.mark.parametrize("why", ["no program", "no module", "one processor", "ended early"])
def test_without_the_program_the_cards_are_set_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "no program":
        monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    elif why == "no module":
        monkeypatch.setattr("generator.cards.deck._SETTING", "generator.cards.nothing")
    elif why == "one processor":
        monkeypatch.setattr(aside, "processes", lambda: 1)
    ledger = one_card(tmp_path)
    deck = plan_deck(ledger)
    with cards_aside(ledger):
        if why == "ended early":
            working = Aside(SETTING, Order(tmp_path, None, system=True, cards=deck.dated))
            working.stop()
        files = card_files(deck, tmp_path)
    sample = sample_tree().files
    assert {name: data for name, data in files.items() if "EP01" in name} == {
        name: sample[name] for name in ("cards/EP01.pdf", "cards/EP01.png")
    }
