"""Charts are declared: what a file may say, what its query gives, what stands on the page."""

import datetime as dt
import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from generator.compliance.chart_files import ChartDeclaration
from generator.compliance.charted import Point, chart_points
from generator.ledger import Ledger
from generator.site.pages import plan_pages
from generator.site.views.charts import CHARTS_PAGE
from tests.conftest import Check
from tests.sample_site import page_of, sample_ledger, sample_tree

FILE = "records/charts/walks.yaml"
PLAIN = """\
- id: results
  table: walks
  title: 巡查结果
  about: 各种结果各几次。
  kind: bars
  unit: 次
  labels: walks.result
  query: select result as label, count(*) as value from walks group by result order by result desc
"""


def markdown(ledger: Ledger) -> str:
    return next(page for page in plan_pages(ledger) if page.path == CHARTS_PAGE).markdown


def chart(name: str) -> ChartDeclaration:
    return next(one for one in sample_ledger().checked.charts if one.id == name)


def points(name: str) -> tuple[Point, ...]:
    return chart_points(chart(name), sample_ledger().checked.database)


def figures() -> dict[str, ET.Element]:
    """The charts of the sample by their names."""
    found = re.findall(
        r'<figure class="sc-chart">.*?</figure>', page_of(sample_tree(), CHARTS_PAGE).markdown
    )
    roots = [ET.fromstring(text) for text in found]  # noqa: S314 - made by us
    names = [str(root.find("./svg").attrib["aria-labelledby"]) for root in roots]  # type: ignore[union-attr]
    return {
        name.split()[0].removeprefix("chart-").removesuffix("-t"): r
        for name, r in zip(names, roots, strict=True)
    }


def test_codes_are_words_and_the_order_is_that_of_the_query(check: Check) -> None:
    ledger = check({FILE: PLAIN})
    assert ledger.errors == 0
    found = chart_points(ledger.checked.charts[0], ledger.checked.database)
    one = Fraction(1)
    assert [(p.label, p.values) for p in found] == [
        ("待修", (one,)),
        ("已修", (one,)),
        ("正常", (one,)),
    ]


def test_a_school_without_charts_has_no_page_of_them(check: Check) -> None:
    ledger = check()
    assert ledger.checked.charts == ()
    assert CHARTS_PAGE not in {page.path for page in plan_pages(ledger)}


def test_a_chart_of_nothing_says_so(check: Check) -> None:
    nothing = PLAIN.replace("from walks", "from walks where minutes > 1000")
    text = markdown(check({FILE: nothing}))
    assert "还没有记录。" in text
    assert "<figure" not in text


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("kind: bars", "kind: pie", "unknown-name"),
        ("table: walks", "table: runs", "unknown-name"),
        ("unit: 次", "unit: 次\n  line: I99", "unknown-name"),
        ("unit: 次", "units: 次", "unknown-key"),
        ("as value", "as number", "chart-declaration"),
        ("count(*) as value", "'x' as value", "sql-refused"),
        ("select result", "select random()", "sql-forbidden"),
        ("from walks", "from runs", "sql-unknown-relation"),
        ("labels: walks.result", "labels: runs.result", "chart-declaration"),
        ("from walks", "from walks, range(3000) group by range, result --", "chart-declaration"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(check: Check, old: str, new: str, rule: str) -> None:
    found = [p for p in check({FILE: PLAIN.replace(old, new)}).problems if p.place.file == FILE]
    assert {problem.rule for problem in found} == {rule}


def test_two_charts_may_not_have_one_name(check: Check) -> None:
    found = check({FILE: PLAIN + PLAIN}).problems
    assert [problem.rule for problem in found] == ["duplicate-id"]


def test_a_chart_over_a_faulty_table_is_left_out(check: Check) -> None:
    rows = "walk,walked_on\nW-001,2026-03-02\n"
    ledger = check({FILE: PLAIN, "records/tables/walks.csv": rows})
    assert ledger.checked.charts == ()
    assert [p for p in ledger.problems if p.place.file == FILE] == []


def test_every_declared_chart_of_the_sample_is_drawn_and_told() -> None:
    text = page_of(sample_tree(), CHARTS_PAGE).markdown
    names = [one.id for one in sample_ledger().checked.charts]
    assert list(figures()) == names
    for name, root in figures().items():
        svg = root.find("./svg")
        assert svg is not None
        title, told = (svg.findtext(tag) or "" for tag in ("title", "desc"))
        assert title == chart(name).title
        assert told.startswith(chart(name).about)
        assert len(told) > len(chart(name).about) + 8
    assert text.count("<summary>数据</summary>") == len(names)


def test_the_numbers_of_the_pictures_are_those_of_the_query() -> None:
    for name in ("drills", "evacuation", "hazards"):
        values = [str(v) for p in points(name) for v in p.values]
        shown = [
            node.text
            for node in figures()[name].iter()
            if node.tag == "text" and "sc-chart__value" in node.attrib.get("class", "")
        ]
        assert shown == values, name
    cells = [n for n in figures()["lessons"].iter() if "data-heat" in n.attrib]
    assert len(cells) == len(points("lessons"))
    marks = [n for n in figures()["expiry"].iter() if n.attrib.get("class") == "sc-chart__mark"]
    assert len(marks) == len({(p.row, p.day) for p in points("expiry")})
    late = [n for n in marks if n.attrib.get("data-bar") == "missed"]
    as_of = dt.date(2026, 11, 20)
    days = {(p.row, p.day) for p in points("expiry") if p.day and p.day < as_of}
    assert len(late) == len(days) > 0


def test_the_target_of_an_indicator_is_the_line_of_a_chart() -> None:
    target = next(i for i in sample_ledger().checked.indicators if i.id == chart("evacuation").line)
    texts = [node.text for node in figures()["evacuation"].iter() if node.tag == "text"]
    assert texts[-2:] == ["上限", f"{target.target.number} 秒"]


def test_a_table_names_the_charts_made_of_it() -> None:
    text = page_of(sample_tree(), f"records/{chart('hazards').table}.md").markdown
    for name in ("hazards", "buildings"):
        assert f'<a href="../charts/#chart-{name}">{chart(name).title}</a>' in text
