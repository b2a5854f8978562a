"""Whatever stands in a file: an answer, never a traceback, and nothing that a browser would run."""

import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.files import decode
from generator.plan.drawings import check_drawing
from generator.plan.markdown import read_source
from generator.problems.problem import Problem, Severity
from generator.records.places import read_rows
from generator.site.environment import heading
from generator.site.prose import expand_line, render_prose, split_sections
from generator.strict_yaml import read_yaml
from tests.allow_list import taken_out
from tests.sample_site import ROOT

PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "[a](javascript:alert(1))", "[a](<java\nscript:1>)", "![a](x.png)", "[a][b]", "[b]: x.md 't'",
    "[[EP01]]", "[[<b>]]", "]]", "[[", "`", "```", "~~~{.x onclick=1}", "<", ">", "&", "&#106;",
    '"', "'", "\\", "|", "\n", "\n\n", "    ", "\t", "# ", "## ", "!!! note", '??? tip "<b>"',
    "> ", "- ", "1. ", "*", "_", "{{ 7 * 7 }}", "{% x %}", "{ #a }", "{: onclick=1 }", "<!--",
    "-->", "</div>", "<a href='x' onclick=1>", "\u202e", "\ue000", "\ue0011", "\x00", "\r", "安全",
    "data:text/html,<script>", "tel:119", "https://example.org", "//example.org", "a: b", "? ",
    "- - ", "&a", "*a", "!!python/object", "---", '","', "=1+1", "，",
)  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join)
_FOLDER = tempfile.TemporaryDirectory()
"""Removed when the tests end."""
ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "style", "link", "meta", "base"}
FRONT = "---\ntitle: 说明\norder: 1\n---\n"


class Active(HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            styled = name in {"style", "srcdoc"} and not address.startswith("text-align:")
            if name.startswith("on") or styled:
                self.found.append(f"{tag} {name}")
            runs = address.startswith(("javascript:", "data:", "vbscript:"))
            if name in {"href", "src"} and runs:
                self.found.append(f"{tag} {name}={address}")


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


@given(TEXT)
def test_a_page_is_refused_or_harmless(text: str) -> None:
    source, problems = _source(f"{FRONT}{text}")
    assert all(isinstance(problem, Problem) for problem in problems)
    if source is None or errors(problems):
        return
    shown = [render_prose(part, _name, _same) for _, part in split_sections(source)]
    shown += [f"<h2>{heading(title)}</h2>" for title, _ in split_sections(source)]
    assert [found for html in shown for found in Active(html).found] == []
    assert [out for html in shown for out in taken_out(html)] == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>", "<p onclick=1>a</p>", '<a href="javascript:1">a</a>',
        "<style>a</style>",
        '<img src="data:text/html,1">', '<td style="background: url(a)">a</td>', "<p>a<!--b--></p>",
        "<iframe></iframe>", "<form><input></form>", "<p id=a>a</p>", "<svg><a></a></svg>",
    ],
)  # fmt: skip
def test_the_allow_list_takes_out_what_it_must(html: str) -> None:
    assert taken_out(html)


def test_every_page_of_the_sample_stands_as_it_is() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(ROOT.glob("content/**/*.md"))]
    bodies = [text.split("\n---\n", 1)[-1] for text in texts]
    assert len(bodies) > 50
    assert [out for body in bodies for out in taken_out(render_prose(body, _name, _same))] == []


@given(TEXT)
def test_a_line_is_escaped(text: str) -> None:
    assert Active(expand_line(text, _name)).found == []
    assert Active(f"<h1>{heading(text)}</h1>").found == []


@given(TEXT)
def test_yaml_is_read_or_refused(text: str) -> None:
    node, problems = read_yaml(text, "a.yaml")
    assert node is not None or problems


@given(TEXT)
def test_a_table_is_read_or_refused(text: str) -> None:
    raw, problems = read_rows(text, "a.csv")
    assert raw is not None or problems
    if raw is not None:
        assert {len(row) for row in raw.rows} <= {len(raw.header)}


@given(st.one_of(st.binary(max_size=60), TEXT.map(str.encode)))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    assert (text is None) == bool(problems)


@given(st.one_of(st.binary(max_size=60), TEXT.map(lambda text: f"<svg>{text}</svg>".encode())))
def test_a_drawing_is_drawn_or_refused(data: bytes) -> None:
    problems = check_drawing(data, "a.svg")
    if not problems:
        assert Active(data.decode("utf-8", "ignore")).found == []


def _source(text: str) -> tuple[str | None, list[Problem]]:
    """The body of a page of that text as it would be read from the disk."""
    decoded, problems = decode(text.encode("utf-8", "replace"), "content/pages/a.md")
    if decoded is None:
        return None, problems
    root = _root()
    (root / "content/pages/a.md").write_text(decoded, encoding="utf-8", newline="")
    source, problems = read_source(root, "content/pages/a.md")
    return (source.body if source else None), problems


def _root() -> Path:
    root = Path(_FOLDER.name)
    (root / "content/pages").mkdir(parents=True, exist_ok=True)
    return root


def _name(name: str) -> str:
    return f"<b>{len(name)}</b>"


def _same(address: str) -> str:
    return address
