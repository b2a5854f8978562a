from pathlib import Path

import pytest

from generator.plan.markdown import Source, outside_fences, read_source

FRONT = "---\ntitle: 页\n---\n"
PAGE = "content/pages/page.md"


def read(root: Path, body: str, front: str = FRONT) -> tuple[Source | None, list[tuple[str, str]]]:
    file = root / PAGE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(front + body, encoding="utf-8")
    (file.parent / "other.md").write_text(FRONT, encoding="utf-8")
    (file.parent / "picture.svg").write_text("<svg/>", encoding="utf-8")
    source, problems = read_source(root, PAGE)
    return source, [(p.rule, str(p.place).removeprefix(f"{PAGE}:")) for p in problems]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("一段 <b>粗</b> 字", [("raw-html", "4:4"), ("raw-html", "4:8")], id="inline"),
        pytest.param("\n<div>\n块\n</div>\n", [("raw-html", "5:1")], id="block"),
        pytest.param("<script>alert(1)</script>", [("raw-html", "4:1")], id="script"),
        pytest.param("文 <!-- 藏 -->", [("raw-html", "4:3")], id="comment"),
        pytest.param("- <img src=x onerror=y>", [("raw-html", "4:3")], id="in-a-list"),
        pytest.param("`<b>` 和\n\n```\n<div>\n```\n", [], id="code-is-only-text"),
        pytest.param("1 < 2 且 3 > 2", [], id="signs-are-only-signs"),
    ],
)
def test_raw_html_is_refused_where_it_stands(
    tmp_path: Path, body: str, expected: list[tuple[str, str]]
) -> None:
    assert read(tmp_path, body)[1] == expected


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        pytest.param("[外](https://example.org/a)", [], id="https"),
        pytest.param("[打](tel:110)", [], id="telephone"),
        pytest.param("<https://example.org>", [], id="bare-address"),
        pytest.param("<office@example.org>", [], id="bare-mail-address"),
        pytest.param("[旁](other.md)", [], id="beside"),
        pytest.param("[旁](./other.md#c-1)", [], id="beside-with-an-anchor"),
        pytest.param("[上](../pages/other.md)", [], id="up-and-down"),
        pytest.param("[这](#c-1)", [], id="this-page"),
        pytest.param("![图](picture.svg)", [], id="picture"),
        pytest.param("[无](nowhere.md)", ["link-missing"], id="no-such-file"),
        pytest.param("![外](https://example.org/a.png)", ["unsafe-link"], id="foreign-picture"),
        pytest.param("[坏](javascript:alert%281%29)", ["unsafe-link"], id="script"),
        pytest.param("[坏](&#106;avascript:alert)", ["unsafe-link"], id="script-by-numbers"),
        pytest.param("[坏](javascript&colon;alert)", ["unsafe-link"], id="script-by-name"),
        pytest.param("[坏](data:text/html,x)", ["unsafe-link"], id="data"),
        pytest.param("[坏](/etc/passwd)", ["unsafe-link"], id="absolute"),
        pytest.param("[坏](//example.org/x)", ["unsafe-link"], id="no-scheme"),
        pytest.param("[坏](../../records/school.yaml)", ["unsafe-link"], id="out-of-content"),
        pytest.param("[坏](../../../../etc/passwd)", ["unsafe-link"], id="out-of-the-project"),
        pytest.param("[坏](..\\other.md)", ["unsafe-link"], id="backslash"),
        pytest.param("[坏][r]\n\n[r]: javascript:x", ["unsafe-link"], id="reference"),
    ],
)
def test_links_stay_inside_the_content_or_name_a_safe_scheme(
    tmp_path: Path, link: str, rules: list[str]
) -> None:
    assert [rule for rule, _ in read(tmp_path, f"正文 {link}")[1]] == rules


def test_a_fault_that_cannot_be_found_in_the_text_is_at_its_first_line(tmp_path: Path) -> None:
    assert read(tmp_path, "\n[坏](&#106;avascript:alert)")[1] == [("unsafe-link", "4")]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("没有\n", ("front-matter", "1"), id="none"),
        pytest.param("---\ntitle: 页\n", ("front-matter", "1"), id="never-closed"),
        pytest.param("---\na: [1\n---\n", ("yaml-broken", "2"), id="broken"),
    ],
)
def test_front_matter_that_cannot_be_read_leaves_no_source(
    tmp_path: Path, front: str, expected: tuple[str, str]
) -> None:
    source, problems = read(tmp_path, "正文", front)
    rule, place = expected
    assert source is None
    assert [found for found, _ in problems] == [rule]
    assert problems[0][1].startswith(place)


def test_a_key_that_stands_twice_is_a_fault_of_the_front_matter(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "正文", "---\ntitle: 页\ntitle: 张\n---\n")
    assert source is not None
    assert problems == [("yaml-duplicate-key", "3:1")]


def test_a_file_that_cannot_be_decoded_leaves_no_source(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_bytes("---\n标题\n---\n".encode("gb18030"))
    source, problems = read_source(tmp_path, "content/a.md")
    assert source is None
    assert [problem.rule for problem in problems] == ["encoding"]


def test_the_body_knows_its_lines(tmp_path: Path) -> None:
    source, _ = read(tmp_path, "第一行\n第二行")
    assert source is not None
    assert source.lines() == ["第一行", "第二行"]
    assert str(source.place(1, 2)) == f"{PAGE}:5:2"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("a|```|b|```|c", "a c", id="backticks"),
        pytest.param("a|~~~|b|```|c|~~~|d", "a d", id="tildes-hold-backticks"),
        pytest.param("a|````|b|```|c|````|d", "a d", id="a-longer-fence"),
        pytest.param("a|```sql|b|```|c", "a c", id="with-a-language"),
        pytest.param("a|```|b", "a", id="never-closed"),
        pytest.param("a|```|b|```x|c|```|d", "a d", id="a-fence-with-words-does-not-close"),
    ],
)
def test_lines_inside_a_fence_are_left_out(text: str, kept: str) -> None:
    assert [line for _, line in outside_fences(text.split("|"))] == kept.split()
