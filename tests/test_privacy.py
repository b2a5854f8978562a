"""The privacy lint over a whole project: files, file names, pictures, schemas, contacts."""

import datetime as dt
import struct
from pathlib import Path

import pytest

from generator.files import OFFICE_FILES
from generator.ledger import Ledger, read_ledger
from generator.problems.problem import Language, Place, Severity
from generator.problems.rendering import render_all
from generator.project import read_project
from generator.records.free_text import takes_any_text
from generator.records.pictures import hidden_in_drawing, hidden_in_picture
from generator.records.schema import Constraints, Field
from tests.conftest import GOOD, Check
from tests.sample_copy import ROOT

NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
WALKS = (GOOD / "records/tables/walks.csv").read_text(encoding="utf-8")
CONTACTS = (GOOD / "content/contacts.yml").read_text(encoding="utf-8")
PAGE = (GOOD / "content/pages/privacy.md").read_text(encoding="utf-8")
PNG = b"\x89PNG\r\n\x1a\n"


def told(ledger: Ledger) -> list[tuple[str, str]]:
    return [(problem.rule, str(problem.place)) for problem in ledger.problems]


def remark(text: str) -> dict[str, str]:
    return {"records/tables/walks.csv": WALKS.replace("灯坏了", text)}


def test_the_sample_school_holds_nobody() -> None:
    ledger = read_ledger(*read_project(ROOT, NOW))
    ledger.checked.database.close()
    about = ("privacy-", "office-", "picture-", "restricted-", "forbidden-")
    assert [str(p.place) for p in ledger.problems if p.rule.startswith(about)] == []


def test_a_registered_number_may_stand_anywhere(check: Check) -> None:
    line = "- {key: mail, title: 信箱, number: duty@school.example.cn}\n"
    line += '- {key: card, title: 捐款账户, number: "4111 1111 1111 1111"}\n'
    line += '- {key: group, title: 家校群, number: "1234567"}\n'
    files = {
        "content/contacts.yml": CONTACTS + line,
        "content/pages/privacy.md": PAGE
        + "\nDuty@school.example.cn，4111-1111-1111-1111，QQ群：1234567，微信 12355\n",
    }
    assert told(check(files)) == []


def test_what_is_remembered_of_a_file_follows_the_contacts_and_the_free_columns(
    check: Check,
) -> None:
    mail = "- {key: mail, title: 信箱, number: duty@school.example.cn}\n"
    schema = (GOOD / "records/schemas/walks.yaml").read_text(encoding="utf-8")
    files: dict[str, str | bytes | None] = {
        "content/pages/privacy.md": f"{PAGE}\nduty@school.example.cn\n",
        **remark("有同学晕倒"),
    }
    word = ("privacy-word", "records/tables/walks.csv:5:68")
    email = ("privacy-email", "content/pages/privacy.md:8:1")
    words = []
    for contacts, asked, said in (
        (CONTACTS + mail, schema, [word]),
        (CONTACTS, schema, [email, word]),
        (CONTACTS, schema.replace("event_date: walked_on\n", ""), [email]),
        (CONTACTS + mail, schema.replace("title: 备注", "title: 说明"), [word]),
    ):
        files |= {"content/contacts.yml": contacts, "records/schemas/walks.yaml": asked}
        ledger = check(files)
        ledger.checked.project.store.close()
        assert told(ledger) == said
        words.append(ledger.problems[-1].wrong.zh)
    assert "备注（remark）" in words[0]
    assert "说明（remark）" in words[-1]


def test_a_mobile_among_the_contacts_is_refused_there_only_once(check: Check) -> None:
    line = '- {key: mobile, title: 手机, number: "13800138000"}\n'
    ledger = check({"content/contacts.yml": CONTACTS + line})
    assert [rule for rule, _ in told(ledger)] == ["wrong-shape"]


@pytest.mark.parametrize("suffix", sorted(OFFICE_FILES))
def test_no_closed_file_is_kept_in_the_repository(check: Check, suffix: str) -> None:
    path = f"content/pages/note{suffix.upper()}"
    ledger = check({path: b"\x00\x01"})
    assert told(ledger) == [("office-file", path)]
    assert f"safecampus import {path} --table" in ledger.problems[0].fix.zh


def test_files_that_no_table_declares_are_read_too(check: Check) -> None:
    files = {"records/notes.txt": "张三\n13800138000\n", "records/tables/old.csv": "a\n渝A12345\n"}
    assert told(check(files)) == [
        ("privacy-mobile", "records/notes.txt:2:1"),
        ("file-unexpected", "records/tables/old.csv"),
        ("privacy-plate", "records/tables/old.csv:2:1"),
    ]


def test_a_broken_table_is_read_too_but_not_for_words(check: Check) -> None:
    ledger = check({"records/tables/walks.csv": WALKS + "W-004,13800138000,有同学抑郁\n"})
    rules = [rule for rule, _ in told(ledger)]
    assert rules == ["privacy-mobile", "row-short"]


def test_other_encodings_are_read_as_far_as_digits_go(check: Check) -> None:
    ledger = check({"records/tables/walks.csv": WALKS.encode("gb18030") + b"13800138000\n"})
    assert [rule for rule, _ in told(ledger)] == ["encoding", "privacy-mobile"]


def test_links_are_not_followed(check: Check, tmp_path: Path) -> None:
    check()
    secret = tmp_path / "secret.txt"
    secret.write_text("13800138000", encoding="utf-8")
    (tmp_path / "project/records/link.txt").symlink_to(secret)
    assert told(check()) == []


def test_words_count_in_free_cells_of_happenings_only(check: Check) -> None:
    page = {"content/pages/privacy.md": PAGE + "\n有同学抑郁时，先陪着他。\n"}
    assert told(check(page)) == []
    label = (GOOD / "records/tables/duties.csv").read_text(encoding="utf-8")
    assert told(check({"records/tables/duties.csv": label.replace("门岗", "同学岗")})) == []
    ledger = check(remark("同学们都好，隐患未除"))
    assert told(ledger) == []


def test_a_word_in_a_cell_of_several_lines_stands_in_its_column(check: Check) -> None:
    ledger = check({"records/tables/walks.csv": WALKS.replace("已围挡", "已送患者就医")})
    assert told(ledger) == [("privacy-word", "records/tables/walks.csv:4:3")]
    assert "备注（remark）" in ledger.problems[0].wrong.zh


def test_a_header_and_a_code_hold_no_words(check: Check) -> None:
    ledger = check({"records/tables/walks.csv": WALKS.replace("W-003", "同学")})
    assert [rule for rule, _ in told(ledger)] == ["cell-pattern"]
    ledger = check({"records/tables/walks.csv": WALKS.replace("remark", "自杀")})
    assert {rule for rule, _ in told(ledger)} == {"header-unknown", "header-missing"}


def test_of_very_many_faults_the_first_are_told_and_all_are_counted(check: Check) -> None:
    rows = "".join(f"13800138{n % 1000:03d}，渝A12{n % 1000:03d}\n" for n in range(1200))
    ledger = check({"records/notes.txt": rows})
    rules = [problem.rule for problem in ledger.problems]
    assert (rules.count("privacy-mobile"), rules.count("privacy-plate")) == (1000, 1000)
    more = [problem.wrong.zh for problem in ledger.problems if problem.rule == "privacy-more"]
    assert more == [
        f"privacy-{what} 在这个文件里另有 200 处，没有逐处列出" for what in ("mobile", "plate")
    ]


def test_of_very_many_words_the_first_are_told_and_all_are_counted(check: Check) -> None:
    rows = "".join(
        f"W-{n:03d},2026-09-10,,diver,,40,,true,,fine,,,有同学\n" for n in range(4, 1000)
    )
    rows += "W-999,2026-09-10,,diver,,40,,true,,fine,,,同学和同学和同学和同学和同学和同学\n"
    ledger = check({"records/tables/walks.csv": WALKS + rows})
    rules = [problem.rule for problem in ledger.problems]
    assert (rules.count("privacy-word"), rules.count("privacy-more")) == (1000, 1)


def test_a_file_name_is_masked_wherever_it_is_named(check: Check) -> None:
    ledger = check({"content/pages/13800138000.md": "没有开头的说明 <b>x</b>\n"})
    assert [rule for rule, _ in told(ledger)] == ["privacy-file-name", "front-matter"]
    for form in ("text", "line", "json", "github", "gitlab"):
        assert "13800138000" not in render_all(ledger.problems, form, Language.ZH)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = (struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0" for kind, body in chunks)
    return PNG + b"".join(parts)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    parts = (
        bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments
    )
    return (
        b"\xff\xd8\xff" + b"".join(parts)[0:] + b"\xff\xda\x00\x02rest\xff\xe1\x00\x08Exif\x00\x00"
    )


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = (k + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for k, b in chunks)
    return b"RIFF\0\0\0\0WEBP" + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (png((b"IHDR", b"0" * 13), (b"tEXt", b"Author\0x"), (b"IEND", b"")), ("PNG Author",)),
        (png((b"iTXt", b"XML:com.adobe.xmp\0"), (b"eXIf", b"MM"), (b"eXIf", b"")), ("XMP", "EXIF")),
        (png((b"tEXt", b"Software\0x"), (b"zTXt", b"Comment\0")), ("PNG Comment",)),
        (png((b"IHDR", b"0" * 13))[:-9], ()),
        (jpeg((0xE0, b"JFIF\0"), (0xE1, b"Exif\0\0MM")), ("EXIF",)),
        (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0")), ("XMP",)),
        (jpeg((0xED, b"Photoshop 3.0"), (0xFE, b"x")), ("IPTC", "注释 (comment)")),
        (jpeg((0xE1, b"other"), (0xE2, b"ICC_PROFILE")), ()),
        (b"\xff\xd8\xff\x01\xff\xff\xfe\x00\x02", ("注释 (comment)",)),
        (b"\xff\xd8\xff\xe0\x00\x04ab??", ()),
        (webp((b"VP8 ", b"abc"), (b"EXIF", b"MM"), (b"XMP ", b"<x>")), ("EXIF", "XMP")),
        (b"GIF89a", ()),
        (b"", ()),
    ],
)
def test_what_a_picture_carries(data: bytes, found: tuple[str, ...]) -> None:
    assert hidden_in_picture(data) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<svg><metadata id='m'>x</metadata></svg>", [(5, "metadata")]),
        ("<svg><metadata>\n</metadata><title>图</title></svg>", []),
        ('<svg inkscape:export-filename = "/home/x.png"/>', [(5, "inkscape:export-filename")]),
        ("<dc:creator>x</dc:creator>", [(0, "dc:creator")]),
    ],
)
def test_what_a_drawing_carries(text: str, found: list[tuple[int, str]]) -> None:
    assert list(hidden_in_drawing(text)) == found


def test_a_clean_picture_is_fine(check: Check) -> None:
    assert told(check({"content/plan/a.png": png((b"IHDR", b"0" * 13), (b"IEND", b""))})) == []


def field(kind: str = "string", **constraints: object) -> Field:
    held = Constraints(**constraints)  # type: ignore[arg-type]  # any of its keys
    return Field(
        "f", "列", "", kind, "default", "staff", held, {}, False, None, "", "", False, (), (),  # noqa: FBT003
        Place("x"), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "free"),
    [
        (field(), True),
        (field(max_length=20), True),
        (field("any"), True),
        (field("object", enum=("{}",)), False),
        (field("date"), False),
        (field(enum=("a",)), False),
        (field(pattern="[A-Z]-[0-9]+"), False),
        (field(pattern=".*"), True),
        (field(pattern=r"[\w ,]+"), True),
        (field(pattern="[a"), False),
    ],
)
def test_which_columns_take_any_text(entry: Field, free: bool) -> None:  # noqa: FBT001
    assert takes_any_text(entry, frozenset()) is free
    assert not takes_any_text(field(), frozenset({"f"}))


@pytest.mark.parametrize(
    ("name", "title", "refused"),
    [
        ("thoughts", "想法", True),
        ("opinion_of_x", "看法", True),
        ("religion", "信教", True),
        ("watch_list", "名单", True),
        ("above", "思想动态", True),
        ("above", "重点人", True),
        ("above", "思想道德教育次数", False),
        ("above", "重点人群密集场所", False),
    ],
)
def test_columns_that_no_table_may_have(check: Check, name: str, title: str, refused: bool) -> None:  # noqa: FBT001
    path = "records/schemas/papers.yaml"
    text = (GOOD / path).read_text(encoding="utf-8")
    line = f"  - {{name: {name}, title: {title}, type: date, sensitivity: staff}}\n"
    rows = (GOOD / "records/tables/papers.csv").read_text(encoding="utf-8")
    head, row = rows.strip().split("\n")
    ledger = check({path: text + line, "records/tables/papers.csv": f"{head},{name}\n{row},\n"})
    assert [rule for rule, _ in told(ledger)] == (["forbidden-column"] if refused else [])


def test_a_table_that_no_school_may_have(check: Check) -> None:
    package = (GOOD / "records/datapackage.yaml").read_text(encoding="utf-8")
    ledger = check({"records/datapackage.yaml": package.replace("title: 巡查", "title: 重点人员")})
    assert told(ledger) == [("forbidden-column", "records/datapackage.yaml:19:11")]
    assert ledger.problems[0].severity is Severity.ERROR


def test_a_restricted_table_may_refer_to_others(check: Check) -> None:
    package = (GOOD / "records/datapackage.yaml").read_text(encoding="utf-8")
    restricted = package.replace(
        "papers.yaml\n    sensitivity: public", "papers.yaml\n    sensitivity: restricted"
    )
    fields = [place for rule, place in told(check({"records/datapackage.yaml": restricted}))]
    assert fields == [f"records/schemas/papers.yaml:{line}:5" for line in (5, 6)]
