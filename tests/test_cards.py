"""Action cards: one side each, nothing left out, the same bytes again, and no font at all."""

import dataclasses
import re
import struct
from pathlib import Path

import pytest

from generator.cards.card import Card, Line, Minute
from generator.cards.code import code_drawing, code_note
from generator.cards.contents import cards_of
from generator.cards.deck import card_files, plan_deck, with_cards
from generator.cards.shelf import Shelf
from generator.cards.typeset import MOST_BYTES, CardError, Press, open_press
from generator.ledger import read_ledger
from generator.problems.problem import Severity
from generator.project import read_project
from tests.conftest import Check
from tests.pdf_text import page_count, pdf_text
from tests.sample_copy import NOW, SampleCopy, sample_copy
from tests.sample_site import ROOT, sample_ledger, sample_tree

CARDS = cards_of(sample_ledger())
EACH = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)


@pytest.fixture(name="press", scope="module")
def opened_press() -> Press:
    press = open_press(None)
    assert press is not None, "the tests need a Chinese font, such as fonts-noto-cjk"
    return press


@pytest.fixture(name="school")
def copied_school(tmp_path: Path) -> SampleCopy:
    return sample_copy(tmp_path / "school")


def files() -> dict[str, bytes]:
    return sample_tree().files


def squeezed(text: str) -> str:
    return "".join(text.split())


@EACH
def test_the_card_for_the_wall_is_one_side_with_everything_on_it(card: Card) -> None:
    sheet = files()[f"cards/{card.id}.pdf"]
    assert page_count(sheet) == 1
    text = pdf_text(sheet)
    assert [number for number in card.numbers if squeezed(number) not in text] == []
    assert [step for step in card.first_minute if squeezed(step) not in text] == []
    assert [step for step in card.do_not if squeezed(step) not in text] == []
    assert squeezed(card.script) in text
    assert squeezed(card.foot) in text
    for minute in card.minutes:
        assert squeezed(minute.title) in text
        assert [line.what for line in minute.lines if squeezed(line.what) not in text] == []


@EACH
def test_every_number_of_the_procedure_is_asked_for_on_its_card(card: Card) -> None:
    plan = sample_ledger().checked.plan
    numbers = {contact.key: contact.number for contact in plan.contacts}
    procedure = next(entry for entry in plan.procedures if entry.id == card.id)
    assert procedure.report is not None
    keys = [*procedure.contacts, *procedure.report.to]
    assert {numbers[key] for key in keys} <= set(card.numbers)
    assert f"{procedure.report.verbal_hours} 小时" in card.numbers
    assert f"{procedure.report.written_hours} 小时" in card.numbers
    spoken = re.findall(r"(?<![0-9])1(?:10|19|20|22)(?![0-9])", " ".join(procedure.first_minute))
    assert set(spoken) <= {call.number for call in card.calls}


def test_all_cards_are_in_the_pocket_booklet_four_to_a_sheet() -> None:
    booklet = files()["cards/pocket.pdf"]
    assert page_count(booklet) == -(-len(CARDS) // 4)
    text = pdf_text(booklet)
    for card in CARDS:
        assert squeezed(card.title) in text
        assert [number for number in card.numbers if squeezed(number) not in text] == []


@EACH
def test_the_picture_is_portrait_and_small_enough_to_send(card: Card) -> None:
    picture = files()[f"cards/{card.id}.png"]
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert height > width >= 700
    assert len(picture) <= MOST_BYTES


def test_the_same_cards_give_the_same_bytes(press: Press) -> None:
    card = CARDS[0]
    other = open_press.__wrapped__(None)
    assert other is not None
    assert press.document([card], "wall", None) == other.document([card], "wall", None)
    assert press.document(CARDS, "sheet", None) == other.document(CARDS, "sheet", None)
    assert press.picture(card) == other.picture(card)


def test_a_sheet_is_stamped_with_the_day_of_approval() -> None:
    procedure = sample_ledger().checked.plan.procedures[0]
    assert procedure.approved_on is not None
    stamp = f"/CreationDate(D:{procedure.approved_on:%Y%m%d}".encode()
    assert stamp in files()[f"cards/{procedure.id}.pdf"]


def test_a_card_that_did_not_change_is_not_made_again(tmp_path: Path) -> None:
    deck = plan_deck(sample_ledger())
    first = card_files(deck, tmp_path)
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / ".build/cards").iterdir()}
    assert card_files(deck, tmp_path) == first
    assert {file: file.stat().st_mtime_ns for file in kept} == kept


def test_what_is_no_longer_asked_for_leaves_the_shelf(tmp_path: Path) -> None:
    Shelf(tmp_path).put("old", "pdf", b"old")
    shelf = Shelf(tmp_path)
    shelf.put("new", "pdf", b"new")
    assert shelf.get("new", "pdf") == b"new"
    shelf.clear()
    assert Shelf(tmp_path).get("old", "pdf") is None
    assert Shelf(tmp_path).get("new", "pdf") == b"new"


def test_a_card_too_long_for_its_sheet_is_an_error_that_names_the_part(school: SampleCopy) -> None:
    file = min((school.root / "content/procedures").glob("*.md"))
    text = file.read_text(encoding="utf-8")
    item = "- **所有人**：这一条写得很长，一句话说了许多事情，卡片上放不下这么多的字。\n"
    file.write_text(text.replace("## 第15分钟\n", "## 第15分钟\n\n" + item * 60), encoding="utf-8")
    ledger = with_cards(read_ledger(*read_project(school.root, NOW)))
    ledger.checked.database.close()
    (problem,) = [problem for problem in ledger.problems if problem.rule == "card-too-long"]
    assert problem.severity is Severity.ERROR
    assert problem.place.file == file.relative_to(school.root).as_posix()
    words = "墙上的 A4 卡片在最小的字号下还多出 N 毫米；最长的一块是“第5、15、60分钟”，高 N 毫米"
    assert re.sub(" [0-9]+ 毫米", " N 毫米", problem.wrong.zh) == words


def test_a_template_that_drops_a_number_stops_the_making(press: Press) -> None:
    card = dataclasses.replace(CARDS[0], minutes=(Minute("第5分钟", (Line("", "数人"),)),))
    assert press.measure([card])[card.id][0].fits

    class Forgetful(Card):
        @property
        def numbers(self) -> tuple[str, ...]:
            return (*super().numbers, "999")

    values = {field.name: getattr(card, field.name) for field in dataclasses.fields(card)}
    with pytest.raises(
        CardError, match=re.escape(f"卡片 {card.id} 上没有印出 (not printed on the card): ['999']")
    ):
        press.measure([Forgetful(**values)])


def test_without_a_chinese_font_the_site_is_built_and_says_so(school: SampleCopy) -> None:
    (school.root / "fonts").mkdir()
    profile = school.root / "records/school.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(f"{text}card_fonts: fonts\n", encoding="utf-8")
    ledger = with_cards(read_ledger(*read_project(school.root, NOW)))
    with ledger.checked:
        (problem,) = [problem for problem in ledger.problems if problem.rule == "card-font"]
        assert problem.severity is Severity.REMINDER
        assert problem.wrong.zh == "在 fonts 没有找到中文字体，应急卡片没有制作"
        assert "安装 Debian 软件包 fonts-noto-cjk" in problem.fix.zh
        deck = plan_deck(ledger)
        assert deck.made == frozenset()
        assert card_files(deck, school.root) == {}


def test_a_machine_without_chinese_fonts_is_told_which_package_to_install() -> None:
    deck = plan_deck(sample_ledger(), system=False)
    fonts = [problem for problem in deck.problems if problem.rule == "card-font"]
    assert [problem.wrong.zh for problem in fonts] == [
        "在 本机 (this machine) 没有找到中文字体，应急卡片没有制作"
    ]


def test_a_declared_folder_is_the_only_place_where_a_font_is_looked_for(tmp_path: Path) -> None:
    assert open_press(tmp_path) is None


def test_an_old_copy_on_the_wall_is_reminded_of_at_its_line(school: SampleCopy) -> None:
    ledger = with_cards(read_ledger(*read_project(school.root, NOW)))
    ledger.checked.database.close()
    (problem,) = [entry for entry in ledger.problems if entry.rule == "card-printed-old"]
    assert (problem.place.file, problem.place.line) == ("content/printed.yml", 3)
    assert re.fullmatch("第一宿舍楼 张贴的 EP01 是 3.0 版，现行的是 [0-9.]+ 版", problem.wrong.zh)
    assert problem.severity is Severity.REMINDER


def test_a_copy_names_a_known_place_and_a_day(check: Check) -> None:
    register = "- {card: NA1, version: 1, place: nowhere, printed_on: gestern}\n"
    ledger = check({"content/printed.yml": register})
    assert {(p.rule, p.place.line) for p in ledger.problems} >= {
        ("unknown-name", 1),
        ("wrong-shape", 1),
    }


def test_the_code_holds_the_address_or_says_what_it_holds_instead() -> None:
    card = CARDS[0]
    assert card.address == f"https://safety.school.example/procedures/{card.id}/"
    assert code_note(card) == "扫码看全文"
    homeless = dataclasses.replace(card, address=f"procedures/{card.id}/", has_site=False)
    assert code_note(homeless) == f"码中只有编号和路径 procedures/{card.id}/"
    assert code_drawing(card) != code_drawing(homeless)
    assert code_drawing(card).startswith("<svg")


def test_the_pages_lead_to_the_cards_and_list_what_hangs_where() -> None:
    pages = {page.path: page.markdown for page in sample_tree().pages}
    assert (
        '<a class="sc-button sc-button--main" href="../../cards/pocket.pdf"'
        in pages["procedures/cards.md"]
    )
    assert 'data-copy="old"' in pages["procedures/printed.md"]
    assert "## 要换的 1 张" in pages["procedures/printed.md"]
    for card in CARDS:
        assert f'href="../../cards/{card.id}.pdf"' in pages[f"procedures/{card.id}.md"]
        assert f'href="../../cards/{card.id}.png"' in pages["procedures/cards.md"]


def test_nothing_restricted_reaches_a_card_or_the_offline_file() -> None:
    package = sample_ledger().checked.records.package
    tables = [table for table in package.tables.values() if table.sensitivity == "restricted"]
    assert tables
    words = {table.name for table in tables}
    texts = [
        pdf_text(data)
        for path, data in files().items()
        if path.startswith("cards/") and path.endswith(".pdf")
    ]
    texts.append(files()["offline/emergency.html"].decode())
    for table in tables:
        for path in table.paths:
            rows = (ROOT / path).read_text(encoding="utf-8").splitlines()[1:]
            words |= {key for row in rows if re.search("[A-Z]", key := row.split(",")[0])}
    assert [word for word in words for text in texts if len(word) > 4 and word in text] == []
