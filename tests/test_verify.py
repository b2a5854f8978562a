"""A finished site is checked before anybody sees it."""

import dataclasses
from pathlib import Path

import pytest

from generator.site.fault import Fault
from generator.site.page import Page
from generator.site.tree import Tree
from generator.site.verify import verify_site
from tests.sample_site import sample_site, sample_tree

HEAD = '<meta http-equiv="Content-Security-Policy" content="{}">'
POLICY = HEAD.format("script-src 'self'")
GOOD = (
    f'<html><head>{POLICY}<link rel="canonical" href="https://x.test/"></head>'
    "<body>{}</body></html>"
)


def tree(*paths: str, files: dict[str, bytes] | None = None) -> Tree:
    pages = tuple(Page(path, path, "text", "", "", 0, "staff", ()) for path in paths)
    return Tree("网站", pages, (), files or {}, {}, "")


def site(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path, body: str, **others: str) -> list[str]:
    files = {"index.html": GOOD.format(body), "a/index.html": GOOD.format('<h1 id="一">a</h1>')}
    return [f.what for f in verify_site(site(folder, files | others), tree("index.md", "a.md"))]


def test_the_sample_site_has_no_fault() -> None:
    assert verify_site(sample_site(), sample_tree()) == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<a href="a/">a</a>', id="page"),
        pytest.param('<a href="a/index.html">a</a>', id="file"),
        pytest.param('<a href="/a/">a</a>', id="from-the-root"),
        pytest.param('<a href="a">a</a>', id="without-slash"),
        pytest.param('<a href=".">a</a>', id="here"),
        pytest.param('<a href="a/#%E4%B8%80">a</a>', id="encoded-anchor"),
        pytest.param('<a href="a/?q=1#一">a</a>', id="query"),
        pytest.param('<b id="x"></b><a href="#x">a</a>', id="anchor-here"),
        pytest.param('<b id="a&amp;b"></b><a href="#a&amp;b">a</a>', id="escaped-anchor"),
        pytest.param('<a href="tel:119">a</a><a href="mailto:a@b">b</a>', id="call-and-mail"),
        pytest.param('<a href="https://example.org/">a</a>', id="link-outside"),
        pytest.param('<img src="data:image/png;base64,AA==">', id="data"),
        pytest.param('<form action="./"></form>', id="form"),
        pytest.param('<a class="x">a</a>', id="no-address"),
        pytest.param('<a title="&lt;img src=x" href="a/">a</a>', id="words-in-an-attribute"),
    ],
)
def test_what_is_sound(tmp_path: Path, body: str) -> None:
    assert faults_of(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param('<a href="b/">b</a>', "链接 b/ 没有目标 (dead link)", id="dead"),
        pytest.param('<a href="../a/../../b">b</a>', "dead link", id="dead-above"),
        pytest.param("<a href=b/>b</a>", "dead link", id="without-quotes"),
        pytest.param("<a href='b/'>b</a>", "dead link", id="single-quotes"),
        pytest.param('<a href="a/#二">b</a>', "a/#二 没有这个锚点", id="anchor"),
        pytest.param('<a href="#x">b</a>', "no such anchor", id="anchor-here"),
        pytest.param('<img src="b.png">', "dead link", id="picture"),
        pytest.param('<form action="b/"></form>', "dead link", id="form"),
        pytest.param('<script src="https://x.test/a.js"></script>', "outside", id="script"),
        pytest.param('<script src="//x.test/a.js"></script>', "outside", id="any-scheme"),
        pytest.param('<link rel="stylesheet" href="http://x.test/">', "outside", id="style"),
        pytest.param('<link rel="preload" href="https://x.test/a">', "outside", id="font"),
        pytest.param('<img alt="" src="HTTPS://x.test/a.png">', "outside", id="image"),
        pytest.param('<img srcset="https://x.test/a.png 2x">', "outside", id="srcset"),
        pytest.param('<iframe src="https://x.test/"></iframe>', "outside", id="frame"),
        pytest.param('<video poster="a/" src="https://x.test/a"></video>', "outside", id="video"),
        pytest.param('<object data="https://x.test/a"></object>', "outside", id="object"),
        pytest.param('<form action="https://x.test/"></form>', "outside", id="form-outside"),
        pytest.param('<b style="a:url(https://x.test/a)">b</b>', "outside", id="inline"),
        pytest.param("<style>@import '//x.test/a';</style>", "outside", id="style-element"),
        pytest.param('<a href="javascript:alert(1)">b</a>', "dead link", id="script-link"),
        pytest.param("<script>alert(1)</script>", "inline script is not in", id="inline-script"),
        pytest.param('<b onclick="alert(1)">b</b>', "script in a tag", id="handler"),
    ],
)
def test_what_is_found(tmp_path: Path, body: str, what: str) -> None:
    (found,) = faults_of(tmp_path, body)
    assert what in found


@pytest.mark.parametrize(
    "style",
    [
        "a{background:url(https://x.test/a.png)}",
        "@font-face{src:url('//x.test/a.woff2')}",
        '@import "https://x.test/a.css";',
        "@import url(http://x.test/a.css);",
    ],
)
def test_a_style_that_loads_from_outside(tmp_path: Path, style: str) -> None:
    folder = site(tmp_path, {"index.html": GOOD, "assets/a.css": style})
    expected = Fault("assets/a.css", "样式引用外部资源 (style loads from outside)")
    assert verify_site(folder, tree("index.md")) == [expected]


def test_a_missing_page_and_a_missing_file(tmp_path: Path) -> None:
    folder = site(tmp_path, {"index.html": GOOD})
    faults = verify_site(folder, tree("index.md", "b.md", files={"api/x.json": b"{}"}))
    assert faults == [
        Fault("b.md", "页面没有生成 (page missing)"),
        Fault("api/x.json", "文件没有生成 (file missing)"),
    ]


def test_every_fault_of_a_page_is_told_once(tmp_path: Path) -> None:
    found = faults_of(tmp_path, '<a href="b/">1</a><a href="b/">2</a><a href="c/">3</a>')
    assert sorted(found) == ["链接 b/ 没有目标 (dead link)", "链接 c/ 没有目标 (dead link)"]


def test_a_fault_can_be_compared() -> None:
    fault = Fault("a", "b")
    assert dataclasses.replace(fault, what="c") != fault
