"""What a cell that cannot be read looks like."""

import pytest

from generator.problems.problem import Place
from generator.records.hints import hint_of, odd_form
from generator.records.schema import Constraints, Field


def field(kind: str, form: str = "default", *, flags: bool = False) -> Field:
    return Field(
        name="a", title="a", description="", type=kind, format=form, sensitivity="public",
        constraints=Constraints(), labels={}, future=True, list_of=None, derived="", unit="",
        special=False, true_values=("是",) if flags else (), false_values=("否",) if flags else (),
        place=Place("s.yaml", 1), derived_node=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "written", "looks", "value"),
    [
        ("date", "2026.11.2", "另一种写法的日期", "2026-11-02"),
        ("date", "2026年11月2日", "另一种写法的日期", "2026-11-02"),
        ("date", "2026 - 11 - 2", "另一种写法的日期", "2026-11-02"),
        ("date", "20261102", "另一种写法的日期", "2026-11-02"),
        (
            "date",
            "\uff12\uff10\uff12\uff16\uff0f\uff11\uff11\uff0f\uff12",
            "另一种写法的日期",
            "2026-11-02",
        ),
        ("date", "115/11/2", "民国纪年", "2026-11-02"),
        ("date", "民国99年1月1日", "民国纪年", "2010-01-01"),
        ("date", "26-11-2", "两位年份", "2026-11-02"),
        ("date", "46328", "表格软件的日期序号", "2026-11-02"),
        ("date", "2026-02-30", "日历上没有的日子", ""),
        ("datetime", "2026/11/2", "另一种写法的日期", "2026-11-02"),
        ("yearmonth", "2026年3月", "另一种写法的年月", "2026-03"),
        ("yearmonth", "115.3", "民国纪年", "2026-03"),
        ("year", "民国115年", "民国纪年", "2026"),
        ("time", "8点半", "另一种写法的时刻", "08:30"),
        ("time", "8：05", "另一种写法的时刻", "08:05"),
        ("time", "14时", "另一种写法的时刻", "14:00"),
        ("integer", "1,200", "带千分号的数", "1200"),
        ("integer", "25人", "带单位或文字的数", "25"),
        ("integer", "约-3", "带单位或文字的数", "-3"),
        ("integer", "12.0", "带小数点的整数", "12"),
        ("number", "1.5 元", "带单位或文字的数", "1.5"),
        ("number", "1,200.5", "带千分号的数", "1200.5"),
        ("boolean", "√", "另一种写法的是或否", "true"),
        ("boolean", "\uff2e", "另一种写法的是或否", "false"),
    ],
)
def test_a_cell_is_recognised(kind: str, written: str, looks: str, value: str) -> None:
    hint = hint_of(field(kind, "%H:%M" if kind == "time" else "default"), written)
    assert hint is not None
    assert (hint[0].zh, hint[1]) == (looks, value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("date", "去年"), ("date", "7"), ("date", ""), ("yearmonth", "3月"),
        ("yearmonth", "2026-13"), ("year", "今年"), ("time", "25:00"), ("time", "8:75"),
        ("time", "早上"), ("integer", "若干"), ("integer", "1.5"), ("integer", "1-2"),
        ("boolean", "也许"), ("string", "x"), ("object", "{"),
    ],
)  # fmt: skip
def test_what_is_not_recognised_gets_no_hint(kind: str, written: str) -> None:
    assert hint_of(field(kind), written) is None


def test_values_are_written_as_the_field_takes_them() -> None:
    assert (hint_of(field("date", "%Y/%m/%d"), "2026-11-2") or ("", ""))[1] == "2026/11/02"
    assert (hint_of(field("time"), "8:30") or ("", ""))[1] == "08:30:00"
    assert (hint_of(field("boolean", flags=True), "Y") or ("", ""))[1] == "是"


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("integer", "\uff11\uff12", "12"),
        ("number", "\uff11.5", "1.5"),
        ("integer", "1_000", "1000"),
        ("date", "\uff10\uff1115-03-02", "0115-03-02"),
        ("date", "0115-03-02", "2026-03-02"),
        ("yearmonth", "115-03", "2026-03"),
        ("yearmonth", "26-03", "2026-03"),
        ("year", "0115", "2026"),
        ("datetime", "0115-03-02T08:30:00", ""),
    ],
)
def test_what_frictionless_reads_but_nobody_means_is_odd(
    kind: str, written: str, value: str
) -> None:
    hint = odd_form(field(kind), written)
    assert hint is not None
    assert hint[1] == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("integer", " 12"), ("number", "1e3"), ("date", "2026-03-02"), ("yearmonth", "2026-03"),
        ("year", "2026"), ("time", "8:30"), ("boolean", "true"), ("date", ""),
        ("string", "\uff11\uff12"),
        ("any", "1_000"), ("date", "5 Jan 2024"),
    ],
)  # fmt: skip
def test_plain_cells_are_not_odd(kind: str, written: str) -> None:
    assert odd_form(field(kind), written) is None
