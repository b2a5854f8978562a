"""Series, bars, heat and days are drawn to scale, and nothing is told by colour alone."""

import datetime as dt
from fractions import Fraction
from xml.etree import ElementTree as ET

from markupsafe import Markup

from generator.site.drawings import (
    Group,
    Mark,
    Picture,
    bar_chart,
    grouped_chart,
    heat_map,
    time_line,
)

PICTURE = Picture("c", "标题<b>", "说明")
AS_OF = dt.date(2026, 11, 20)


def drawn(figure: Markup) -> ET.Element:
    return ET.fromstring(str(figure))  # noqa: S314 - made by us


def nodes(root: ET.Element, name: str, value: str = "") -> list[ET.Element]:
    """Nodes with an attribute, outside the key."""
    svg = root.find("./svg")
    assert svg is not None
    return [n for n in svg.iter() if name in n.attrib and value in n.attrib[name]]


def texts(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter() if node.tag == "text"]


def group(label: str, *values: int) -> Group:
    return Group(label, "", tuple(map(Fraction, values)))


def test_series_stand_side_by_side_to_scale() -> None:
    root = drawn(
        grouped_chart(PICTURE, ["发现", "销号"], [group("9月", 4, 2), group("10月", 0, 3)])
    )
    bars = nodes(root, "data-series")
    assert [int(bar.attrib["height"]) for bar in bars] == [120, 60, 2, 90]
    assert [bar.attrib["data-series"] for bar in bars] == ["0", "1", "0", "1"]
    assert [bar.attrib["x"] for bar in bars[:2]] == ["12.00%", "50.00%"]
    key = root.find("figcaption")
    assert key is not None
    assert "".join(key.itertext()) == "发现销号"
    assert texts(root) == ["4", "2", "9月", "0", "3", "10月"]


def test_bars_add_up_and_tell_their_numbers() -> None:
    root = drawn(
        bar_chart(PICTURE, ["未销号", "已销号"], [group("食堂", 3, 1), group("操场", 0, 2)])
    )
    spans = [(bar.attrib["x"], bar.attrib["width"]) for bar in nodes(root, "data-series")]
    assert spans == [("0.00%", "75.00%"), ("75.00%", "25.00%"), ("0.00%", "50.00%")]
    assert texts(root) == ["食堂", "未销号 3，已销号 1", "操场", "未销号 0，已销号 2"]


def test_one_series_needs_no_key() -> None:
    root = drawn(bar_chart(PICTURE, ["次"], [group("火灾", 3)]))
    assert root.find("figcaption") is None
    assert texts(root) == ["火灾", "次 3"]


def test_heat_has_steps_and_numbers() -> None:
    columns = [("9月", "2026"), ("10月", "2026"), ("1月", "2027")]
    rows = [("一班", [Fraction(8), Fraction(4), Fraction(0)]), ("二班", [Fraction(1, 2)] * 3)]
    root = drawn(heat_map(PICTURE, columns, rows))
    assert [n.attrib["data-heat"] for n in nodes(root, "data-heat")] == [
        "4",
        "2",
        "0",
        "1",
        "1",
        "1",
    ]
    words = texts(root)
    assert words[:5] == ["9月", "2026", "10月", "1月", "2027"]
    assert words[5:] == ["一班", "8", "4", "0", "二班", "0.5", "0.5", "0.5"]


def test_heat_of_nothing_is_empty() -> None:
    root = drawn(heat_map(PICTURE, [("9月", "")], [("一班", [Fraction(0)])]))
    assert [n.attrib["data-heat"] for n in nodes(root, "data-heat")] == ["0"]


def test_days_stand_in_order_with_a_sign_for_what_is_late() -> None:
    days = {-3: "missed", 0: "at_risk", 30: "at_risk", 31: "", 200: ""}
    marks = [Mark("电梯", AS_OF + dt.timedelta(days=n), (f"{n}",)) for n in days]
    root = drawn(time_line(PICTURE, AS_OF, marks))
    found = nodes(root, "class", "sc-chart__mark")
    assert [node.attrib.get("data-bar", "") for node in found] == list(days.values())
    places = [float(node.attrib["x"].rstrip("%")) for node in found]
    assert places == sorted(places)
    assert all(32 < place < 98 for place in places)
    line = nodes(root, "class", "sc-chart__target")[0]
    assert line.attrib["x1"] == found[1].attrib["x"]
    assert found[0].findtext("title") == "2026-11-17 -3"


def test_several_things_of_one_day_are_one_larger_dot() -> None:
    marks = [
        Mark("保险", dt.date(2027, 1, 5), ("甲", "乙")),
        Mark("保险", dt.date(2027, 2, 5), ("丙",)),
    ]
    root = drawn(time_line(PICTURE, AS_OF, marks))
    assert [n.attrib["r"] for n in nodes(root, "class", "sc-chart__dot")] == ["7", "5"]


def test_a_long_time_has_few_words_and_each_year_once() -> None:
    marks = [Mark("校舍", dt.date(2028, 10, 1), ("甲",))]
    words = texts(drawn(time_line(PICTURE, AS_OF, marks)))
    months = [word for word in words if word.endswith("月")]
    assert 2 < len(months) <= 5
    assert [word for word in words if word.startswith("20")] == ["2026", "2027", "2028"]


def test_hostile_words_stay_words() -> None:
    for figure in (
        bar_chart(PICTURE, ["<i>"], [group("<i>", 1)]),
        time_line(PICTURE, AS_OF, [Mark("<i>", AS_OF, ("<i>",))]),
        heat_map(PICTURE, [("<i>", "<i>")], [("<i>", [Fraction(1)])]),
    ):
        assert "<i>" not in figure
        assert "<b>" not in figure
