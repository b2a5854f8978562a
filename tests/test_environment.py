"""Our own Jinja environment: strict, escaping; texts of days, numbers and headings."""

import datetime as dt
import html
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jinja2
import markdown  # type: ignore[import-untyped]  # it comes without types
import pytest

from generator.compliance.status import Status
from generator.site.environment import (
    cell_text,
    day_text,
    environment,
    heading,
    icon,
    number,
    percent,
    render,
    status_word,
    theme_folder,
)


def test_a_misspelt_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="nmae"):
        environment().from_string("{{ view.nmae }}").render(view=object())
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ veiw }}").render()


def test_a_page_template_without_its_view_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("home.html")


def test_values_are_escaped() -> None:
    text = environment().from_string("{{ x }}").render(x='<script>"&')
    assert text == "&lt;script&gt;&#34;&amp;"


def test_every_template_compiles() -> None:
    names = [name for name in environment().list_templates(["html"]) if name.startswith("pages/")]
    assert len(names) > 15
    assert all(environment().get_template(name) for name in names)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(Fraction(8996, 10000), "89.9 %", id="never-rounded-up"),
        pytest.param(Fraction(99999, 100000), "99.9 %", id="never-a-hundred"),
        pytest.param(Fraction(1), "100 %", id="all"),
        pytest.param(Fraction(0), "0 %", id="none"),
        pytest.param(Fraction(9, 10), "90 %", id="no-zero-decimal"),
        pytest.param(Fraction(2, 3), "66.6 %", id="cut-off"),
        pytest.param(Fraction(1, 3000), "0 %", id="tiny"),
    ],
)
def test_a_percentage_is_cut_off(value: Fraction, text: str) -> None:
    assert percent(value) == text


def test_numbers_and_days() -> None:
    assert number(Fraction(3, 2)) == "1.5"
    assert number(Fraction(2)) == "2"
    assert day_text(dt.date(2026, 11, 20)) == "2026-11-20"
    assert day_text(None) == "—"
    assert status_word(Status.AT_RISK) == "临期"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "", id="empty"),
        pytest.param(True, "是", id="true"),
        pytest.param(False, "否", id="false"),
        pytest.param(dt.time(8, 5), "08:05", id="time"),
        pytest.param(dt.date(2026, 1, 2), "2026-01-02", id="date"),
        pytest.param(Decimal("820.50"), "820.5", id="decimal"),
        pytest.param(Decimal("1200.00"), "1200", id="whole-decimal"),
        pytest.param(100, "100", id="integer-keeps-its-zeros"),
        pytest.param("1.10.2", "1.10.2", id="text"),
        pytest.param("3.10", "3.10", id="text-that-looks-like-a-number"),
    ],
)
def test_a_cell_as_readers_see_it(value: str | Decimal | dt.date | None, text: str) -> None:
    assert cell_text(value) == text


HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:1)",
    "![x](https://example.org/a.png)",
    "{{ 7 * 7 }}",
    "{ #id onclick=1 }",
    "**a** _b_ `c` ~~d~~",
    "a | b",
    "a\n\n# b\n\n<b>c</b>",
    "a\n- b",
    "&lt;b&gt; &amp; &#60;",
    "a\\<b",
    "https://example.org",
    "[[I01]]",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_in_a_heading_is_only_text(title: str) -> None:
    extensions = ["attr_list", "md_in_html", "tables", "admonition", "pymdownx.superfences"]
    text = f"## {heading(title)} {{ #here }}\n"
    shown = markdown.markdown(text, extensions=extensions)
    assert shown.startswith('<h2 id="here">')
    assert shown.endswith("</h2>")
    inside = shown.removeprefix('<h2 id="here">').removesuffix("</h2>")
    assert "<" not in inside
    assert html.unescape(inside) == " ".join(title.split())


def test_an_icon_that_is_missing_is_the_alarm() -> None:
    assert icon("no-such-icon") == icon("alarm")
    assert icon("fire") != icon("alarm")
    assert icon("fire").startswith("<svg")


def test_blank_lines_are_closed_up(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "x.html").write_text("a\n\n\n\n\n{{ b }}\n\n", encoding="utf-8")
    loader = jinja2.FileSystemLoader(tmp_path)
    template = environment().overlay(loader=loader).get_template("pages/x.html")
    assert template.render(b=1).count("\n") > 2
    assert "\n\n\n" not in render("search.html", desk=_Desk())


class _Desk:
    def link(self, target: str) -> str:
        return target


def test_the_theme_holds_only_templates_outside_its_assets() -> None:
    files = [file for file in theme_folder().rglob("*") if file.is_file()]
    outside = [f for f in files if f.relative_to(theme_folder()).parts[0] != "assets"]
    assert {file.suffix for file in outside} == {".html"}
