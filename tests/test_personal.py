"""Personal data is found in every disguise it is written in, and no code is taken for it."""

import datetime as dt
import io
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.identity_numbers import (
    NumberKind,
    check_digit,
    is_card,
    is_identity,
    number_kind,
)
from generator.problems.masking import mask
from generator.problems.personal import SEPARATORS, Personal, find_personal, fold
from generator.records.suspicion import WORDS, doubtful_lines

WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
AROUND = st.text(alphabet="学生号，,。;\"'a中京电话:：/", max_size=6)
SPLITS = st.one_of(
    st.sampled_from(["-", " ", "\u3000", "\uff0d", "·", " - ", "\u200b"]),
    st.text(alphabet=SEPARATORS, min_size=1, max_size=3),
)
PIECES = [
    *"0123456789123XxGGA京渝Aa@:,- \u3000\u200b",
    *["138", "0013", "8000", "渝A", "12345", "D1234", "QQ", "qq群", "微信号", "vx", "学号"],
    *["学生", "家长", "班主任", "姓名", "王某", "李某", "同学", "患", "隐患", "自杀", "a@b", ".cn"],
    *["110105", "19491231", "002X", "weixin", "是", "为", "：", "，"],
]
PIECES += [piece.translate(WIDE) for piece in PIECES]


def kinds(text: str) -> list[tuple[Personal, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in find_personal(text)]


def lines_of(data: bytes) -> list[tuple[int, str]]:
    return list(doubtful_lines(io.BytesIO(data)))


@st.composite
def identities(draw: st.DrawFn) -> str:
    region = draw(st.from_regex(r"[1-6][1-5][0-9]{4}", fullmatch=True))
    born = draw(st.dates(dt.date(1930, 1, 1), dt.date(2025, 12, 31)))
    first = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_digit(first)


@st.composite
def cards(draw: st.DrawFn) -> str:
    first = draw(st.from_regex(r"(62|4[0-9]|5[1-5]|35)[0-9]{13,16}", fullmatch=True))
    return next(first + last for last in "0123456789" if is_card(first + last))


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
GROUPS = {
    Personal.MOBILE: [(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11],
    Personal.IDENTITY: [(18,), (6, 8, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (1,) * 18],
    Personal.CARD: [(19,), (4, 4, 4, 4, 3), (6, 13), (1,) * 19],
}


@st.composite
def disguised(draw: st.DrawFn) -> tuple[Personal, str, str]:
    """A kind, a number, and the number as somebody might write it."""
    kind = draw(st.sampled_from(list(GROUPS)))
    made = {Personal.MOBILE: MOBILES, Personal.IDENTITY: identities(), Personal.CARD: cards()}
    number = draw(made[kind])
    groups, rest = [], number
    for size in draw(st.sampled_from(GROUPS[kind])):
        groups.append(rest[:size])
        rest = rest[size:]
    written = draw(SPLITS).join(group for group in groups if group)
    if kind is Personal.MOBILE:
        written = draw(st.sampled_from(["", "+86", "+86 ", "86-", "0086"])) + written
    return kind, number, written.translate(WIDE) if draw(st.booleans()) else written


@given(disguised(), AROUND, AROUND)
def test_every_valid_number_is_found_in_every_disguise(
    case: tuple[Personal, str, str], before: str, after: str
) -> None:
    kind, number, written = case
    text = f"{before}，{written}，{after}"
    found = {hit.kind: hit.digits.upper() for hit in find_personal(text)}
    assert found.get(kind, "").endswith(number)
    assert lines_of(f"甲\n{text}\n乙\n".encode()) == [(2, text)]


@given(disguised(), AROUND, AROUND)
def test_the_masked_text_never_holds_the_number(
    case: tuple[Personal, str, str], before: str, after: str
) -> None:
    _, number, written = case
    text = f"{before}{written}，{after}"
    assert number not in re.sub("[^0-9X]", "", fold(mask(text)).upper())
    assert len(mask(text)) == len(text)
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"[1-9][0-9]{17}", fullmatch=True))
def test_digits_that_fail_their_check_are_no_number(digits: str) -> None:
    if not (is_identity(digits) or is_card(digits)):
        assert find_personal(f"编号 {digits}。") == ()


@given(identities(), st.integers(1, 10))
def test_a_wrong_check_digit_is_no_identity_number(number: str, shift: int) -> None:
    places = "0123456789X"
    wrong = number[:17] + places[(places.index(number[17]) + shift) % 11]
    assert number_kind(wrong) in {None, NumberKind.CARD}


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_line_with_something_personal_is_passed_over(line: str) -> None:
    if find_personal(line) or WORDS.search(line):
        assert lines_of(f"\ufeff首行\r\n{line}\r\n".encode()) == [(2, line)]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_hits_stand_in_order_and_apart(line: str) -> None:
    hits = find_personal(line)
    assert all(first.end <= second.start for first, second in pairwise(hits))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11010519491231002X", [(Personal.IDENTITY, "11010519491231002X")]),
        ("110105491231002", [(Personal.IDENTITY, "110105491231002")]),
        ("13800138000 13900139000", [(Personal.MOBILE, n) for n in ("13800138000", "13900139000")]),
        ("tel:13800138000x", [(Personal.MOBILE, "13800138000")]),
        ("l11010519491231002x。", [(Personal.STUDENT, "l11010519491231002x")]),
        ("学籍号为 20260315", [(Personal.STUDENT, "20260315")]),
        ("渝 A·12345", [(Personal.PLATE, "渝 A·12345")]),
        ("京AF12345停在", [(Personal.PLATE, "京AF12345")]),
        ("川A1234学", [(Personal.PLATE, "川A1234学")]),
        ("新A12345", [(Personal.PLATE, "新A12345")]),
        ("邮箱li.si+x@school.cn。", [(Personal.EMAIL, "li.si+x@school.cn")]),
        ("QQ".translate(WIDE) + "：123456", [(Personal.ACCOUNT, "123456")]),
        ("加微信 1234567", [(Personal.ACCOUNT, "1234567")]),
        ("WeChat ID: abc_12345", [(Personal.ACCOUNT, "abc_12345")]),
        ("微信：13800138000", [(Personal.MOBILE, "13800138000")]),
        ("学生：张某", [(Personal.NAME, "张某")]),
        ("班主任（李某某）", [(Personal.NAME, "李某某")]),
        ("姓名王某。", [(Personal.NAME, "王某")]),
    ],
)
def test_what_is_personal(text: str, found: list[tuple[Personal, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "HZ-2026-018,2026-11-20,SL-202610-018",
        "SL-202610-018 HZ-2026-018 AS-EXT-0012",
        "2026-07-15—2026-12-31 2026-10-15 2026-11-20",
        "023-0000-0101 023-0000-0102",
        "400-800-1234，12345，12356",
        "138****0000",
        "l***@school.cn",
        "icon@2x.png，@media",
        "学生处、家长委员会、班主任会议、老师们、请家长周知、学生何时到校、家长陈述",
        "最新GB12345，川A栋，云EP01",
        "微信公众号：SafeCampus，微信群通知",
        "t20191128_409580 1126510346 20231010_1084567",
        "999999999999999 110105991332001 110105194902300023",
        "4111 1111 1111 1112",
        "",
    ],
)
def test_what_is_not_personal(text: str) -> None:
    assert kinds(text) == []


def test_lines_are_numbered_over_chunks_and_broken_bytes() -> None:
    filler = "走廊灯坏了，已报修\n" * 300_000
    data = f"{filler}电话13800138000\n{filler}同学".encode() + b"\xff 13900139000"
    assert [number for number, _ in lines_of(data)] == [300_001, 600_002]
    assert lines_of(b"") == []


def test_one_long_line_full_of_numbers_takes_no_time() -> None:
    assert len(find_personal("13800138000；" * 20_000)) == 20_000
