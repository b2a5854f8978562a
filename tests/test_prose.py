"""Author Markdown to HTML: references, links, headings; nothing of it is executed."""

import html

import pytest

from generator.site.prose import expand_line, render_prose


def reference(name: str) -> str:
    return f"<b>{html.escape(name)}</b>"


def relink(target: str) -> str:
    return f"re/{target}"


def rendered(text: str, level: int = 0) -> str:
    return render_prose(text, reference, relink, level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("见[[I01]]。", "<p>见<b>I01</b>。</p>", id="in-a-sentence"),
        pytest.param("[[I01.target]]", "<p><b>I01.target</b></p>", id="target"),
        pytest.param("[[3.2.1d]][[119]]", "<p><b>3.2.1d</b><b>119</b></p>", id="two"),
        pytest.param("**[[a]]**", "<p><strong><b>a</b></strong></p>", id="bold"),
        pytest.param("`[[a]]`", "<p><code>[[a]]</code></p>", id="code"),
        pytest.param(
            "`[[a]]` [[b]] `c`",
            "<p><code>[[a]]</code> <b>b</b> <code>c</code></p>",
            id="beside-code",
        ),
        pytest.param("[[a<b]]", "<p><b>a&lt;b</b></p>", id="escaped-name"),
        pytest.param("[a](b.md#c)", '<p><a href="re/b.md#c">a</a></p>', id="link"),
        pytest.param("![a](b.png)", '<p><img alt="a" src="re/b.png" /></p>', id="picture"),
        pytest.param('![[[a"]]](b.png)', '<p><img alt="a&quot;" src="re/b.png" /></p>', id="alt"),
        pytest.param("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>", id="no-template"),
        pytest.param("{% raw %}", "<p>{% raw %}</p>", id="no-statement"),
        pytest.param("词 { #id onclick=1 }", "<p>词 { #id onclick=1 }</p>", id="no-attributes"),
        pytest.param("# 题 { #id }", "<h1>题 { #id }</h1>", id="no-attributes-in-headings"),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert rendered(text) == expected


def test_a_fence_is_left_alone() -> None:
    text = "```text\n[[I01]] {{ x }} <b>\n```\n\n[[I02]]"
    result = rendered(text)
    assert "[[I01]] {{ x }} &lt;b&gt;" in result
    assert "<p><b>I02</b></p>" in result


def test_a_table_cell_may_hold_a_reference() -> None:
    result = rendered("| a | b |\n|---|---|\n| [[I01]] | `[[x]]` |")
    assert "<td><b>I01</b></td>" in result
    assert "<td><code>[[x]]</code></td>" in result


def test_headings_are_pushed_down_and_stop_at_the_sixth() -> None:
    assert rendered("# a\n\n## b\n\n##### c", 2) == "<h3>a</h3>\n<h4>b</h4>\n<h6>c</h6>"


def test_a_mark_that_an_author_writes_is_no_reference() -> None:
    assert "<b>" not in rendered("\ue0000\ue001")
    assert rendered("\ue0005\ue001 [[a]]").count("<b>a</b>") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("至少 [[I01.target]]", "至少 <b>I01.target</b>", id="reference"),
        pytest.param("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;", id="escaped"),
        pytest.param("**a** [x](y)", "**a** [x](y)", id="no-markdown"),
        pytest.param("[[a&b]]", "<b>a&amp;b</b>", id="escaped-once"),
    ],
)
def test_a_line_is_text_with_references(text: str, expected: str) -> None:
    assert expand_line(text, reference) == expected
