"""Charts are drawn in percent and pixels, tell themselves in words, and name no colour."""

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.site.charts import Chart, Column, column_chart
from generator.site.views.trend import trend_chart
from tests.sample_site import page_of, sample_ledger, sample_tree
from tests.small_school import MEASURE, SmallSchool, small_school


@pytest.fixture(name="school")
def make_school(tmp_path: Path) -> SmallSchool:
    return small_school(tmp_path)


def column(value: str, state: str = "met", label: str = "9月", *, drawn: bool = True) -> Column:
    return Column(label, "2026", Fraction(value), value, state, drawn)


def drawn(*columns: Column, line: tuple[Fraction, str, str] | None = None) -> ET.Element:
    chart = Chart("c", "标题", "说明", columns, Fraction(1), line)
    root = ET.fromstring(str(column_chart(chart)))  # noqa: S314 - made by us
    assert root.tag == "figure"
    return root


def bars(root: ET.Element) -> list[tuple[int, int]]:
    found = [node for node in root.iter() if node.tag.endswith("rect")]
    return [(int(node.attrib["y"]), int(node.attrib["height"])) for node in found]


def test_heights_are_exact_shares_of_the_highest() -> None:
    assert bars(drawn(column("1"), column("1/2"), column("2"))) == [(88, 60), (118, 30), (28, 120)]


def test_a_zero_is_a_sliver_and_nothing_is_no_column() -> None:
    assert bars(drawn(column("0"), column("1"), column("0", "no_data", drawn=False))) == [
        (146, 2), (28, 120),
    ]  # fmt: skip


def test_the_target_is_a_line_with_its_words() -> None:
    root = drawn(column("1"), line=(Fraction(2), "目标", "2 课时"))
    texts = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert texts[-2:] == ["目标", "2 课时"]
    lines = [node for node in root.iter() if node.tag.endswith("line")]
    assert [node.attrib["y1"] for node in lines] == ["148", "28"]
    assert bars(root) == [(88, 60)]


def test_a_chart_tells_itself_to_those_who_do_not_see_it() -> None:
    svg = next(iter(drawn(column("1"))))
    assert svg.attrib["role"] == "img"
    assert [(node.attrib.get("id"), node.text) for node in list(svg)[:2]] == [
        ("c-t", "标题"), ("c-d", "说明"),
    ]  # fmt: skip
    assert svg.attrib["aria-labelledby"] == "c-t c-d"


def test_a_status_is_an_icon_as_well_as_a_colour() -> None:
    text = str(column_chart(Chart("c", "t", "d", (column("1", "missed"),), Fraction(1))))
    assert 'data-bar="missed"' in text
    assert "sc-knock" in text
    assert "fill=#" not in text


def test_many_columns_keep_every_bar_and_thin_their_words_from_the_newest() -> None:
    root = drawn(*(column("1", label=f"{n}") for n in range(30)))
    assert len(bars(root)) == 30
    words = [
        node.text for node in root.iter()
        if node.tag.endswith("text") and "thin" not in node.attrib.get("class", "")
        and node.attrib["y"] == "186"
    ]  # fmt: skip
    assert words[-1] == "29"
    assert len(words) == 10
    widths = [
        node.attrib["width"] for node in root.iter() if "sc-chart__column" in str(node.attrib)
    ]
    assert set(widths) == {"3.33%"}


def test_hostile_words_stay_words() -> None:
    chart = Chart("c", "<b>", '"', (column("1", label="<i>"),), Fraction(1))
    assert "<b>" not in column_chart(chart)
    assert "<i>" not in column_chart(chart)


def test_every_period_of_an_indicator_is_a_column_and_a_line_of_the_table() -> None:
    for name, assessment in sample_ledger().assessments.items():
        markdown = page_of(sample_tree(), f"indicators/{name}.md").markdown
        periods = len(assessment.history)
        count = markdown.count('class="sc-chart__column"')
        assert count == (periods if periods > 1 else 0)
        table = markdown[markdown.index("{ #data }") :] if "{ #data }" in markdown else ""
        rows = table.partition("</table>")[0].count('<tr><th scope="row">')
        assert rows == count


def test_years_stand_once_below_their_first_month(school: SmallSchool) -> None:
    school.rows("talks", "t1,a,2026-01-05,2,true,,\nt2,a,2025-11-05,1,true,,")
    school.indicator()
    assessment = school.assessment("2026-02-20")
    text = str(trend_chart(assessment.indicator, assessment))
    assert re.findall(r">(\d+月|20\d\d)<", text) == [
        "11月", "2025", "12月", "1月", "2026", "2月",
    ]  # fmt: skip
    assert "要求不少于 2 课时。2025年11月 1 课时，未达标；" in text
    assert ">目标<" in text


@pytest.mark.parametrize(
    ("period", "day", "labels"),
    [
        ("term", "2026-03-20", ["第一", "25—26", "第二"]),
        ("school_year", "2026-10-20", ["25—26", "26—27"]),
        ("calendar_year", "2026-10-20", ["2025年", "2026年"]),
    ],
)
def test_longer_periods_have_short_words(
    school: SmallSchool, period: str, day: str, labels: list[str]
) -> None:
    school.rows("talks", "t1,a,2025-10-05,2,true,,")
    school.indicator(MEASURE, period=period)
    assessment = school.assessment(day)
    text = str(trend_chart(assessment.indicator, assessment))
    below = re.findall(r'y="(?:186|204)" text-anchor="middle">([^<]+)<', text)
    assert below == labels


def test_one_period_alone_is_no_chart(school: SmallSchool) -> None:
    school.indicator(MEASURE, period="as_of")
    assessment = school.assessment("2026-10-20")
    assert trend_chart(assessment.indicator, assessment) == ""
