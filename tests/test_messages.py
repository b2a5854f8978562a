import json
import re

from generator.problems.catalogue import all_rules
from tests.browser.help_pictures import MOST_BYTES, SHOTS
from tests.message_examples import FILE, examples
from tests.sample_site import ROOT, page_of, sample_ledger, sample_tree


def messages() -> str:
    return page_of(sample_tree(), "help/messages-by-name.md").markdown


def test_every_rule_has_exactly_one_anchor() -> None:
    anchors = re.findall(r"\{ #(\S+) \}", messages())
    declared = [rule.id for rule in sample_ledger().checked.rules]
    assert sorted(anchors) == sorted([*all_rules(), *declared])


def test_every_kept_example_is_what_the_check_says_today() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert {name: examples()[name] for name in kept} == kept


def test_nearly_every_rule_of_a_project_shows_an_example() -> None:
    shown = set(json.loads(FILE.read_text(encoding="utf-8")))
    possible = set(examples())
    assert len(possible & shown) * 10 >= len(possible) * 9


def test_an_example_stands_with_its_rule_as_text() -> None:
    text = messages()
    part = text[text.index("{ #cell-range }") : text.index("{ #cell-range }") + 1500]
    assert "<summary>例子" in part
    assert "超出范围" in part
    assert "改法" in part


def test_the_pictures_of_the_help_are_small_and_shown() -> None:
    folder = ROOT / "content" / "pages" / "help"
    texts = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.md"))
    taken = sorted(folder.glob("pictures/*.png"))
    assert [file.stem for file in taken] == sorted(SHOTS)
    assert [file.name for file in taken if file.stat().st_size > MOST_BYTES] == []
    assert [file.name for file in taken if f"pictures/{file.name}" not in texts] == []
