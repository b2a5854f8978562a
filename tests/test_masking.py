"""Personal numbers and addresses never reach an output."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.masking import mask, shown
from tests.strategies import PLAIN, personal_numbers


def visible_digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s._·\-\u2010-\u2015\u200b-\u200f\u2060\ufeff]", "", plain)


@given(
    st.text(alphabet="手机号:，a", max_size=6), personal_numbers(), st.text("号码。b", max_size=6)
)
def test_no_mobile_or_identity_number_stays_visible(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert re.search(r"\d{11}", visible_digits(masked)) is None
    assert len(masked) == len(before + number + after)


@given(personal_numbers(), personal_numbers())
def test_numbers_that_touch_are_masked_too(first: str, second: str) -> None:
    assert re.search(r"\d{7}", visible_digits(mask(f"{first} {second}"))) is None


@given(PLAIN)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("张三 13800138000", "张三 138******00", id="mobile"),
        pytest.param("138 0013 8000", "138********00", id="mobile in groups"),
        pytest.param("+86-138-0013-8000", "+86-***********00", id="with country"),
        pytest.param("11010519491231002X", "110*************2X", id="identity number"),
        pytest.param("li.si@school.edu.cn", "l****@school.edu.cn", id="address"),
        pytest.param("a@b.cn", "*@b.cn", id="address of one letter"),
        pytest.param("6222 0202 0000 1234 567", "622******************67", id="bank card"),
        pytest.param("2026-11-20", "2026-11-20", id="date"),
        pytest.param("2026-07-15—2026-12-31", "2026-07-15—2026-12-31", id="two dates"),
        pytest.param("SL-202509-001", "SL-202509-001", id="id of a record"),
        pytest.param("12345", "12345", id="hotline"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("a\nb", r'"a\nb"', id="line end"),
        pytest.param("\ufeffx\u202e", r'"\ufeffx\u202e"', id="invisible characters"),
        pytest.param("字" * 41, '"' + "字" * 39 + '…"', id="long"),
        pytest.param("字" * 40, '"' + "字" * 40 + '"', id="just short enough"),
        pytest.param("13800138000", '"138******00"', id="number"),
    ],
)
def test_a_value_is_shown_in_quotes_masked_and_cut(value: str, text: str) -> None:
    assert shown(value) == text
