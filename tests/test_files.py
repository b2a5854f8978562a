"""Bytes to text, without guessing and without leaving the project."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import files
from generator.files import decode, inside, is_clean, read_text, with_sources
from generator.problems.catalogue.files import FILE_LINK
from generator.problems.lines import Lines
from generator.problems.problem import Place


@pytest.mark.parametrize(
    "path",
    ["a.csv", "a/b.csv", "中文/表.csv", "a b.csv", "..a/b..csv"],
)
def test_paths_inside_the_project(path: str) -> None:
    assert inside(path)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("", id="empty"),
        pytest.param("../a", id="above"),
        pytest.param("a/../../b", id="above in the middle"),
        pytest.param("./a", id="here"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param("a//b", id="empty part"),
        pytest.param("C:/a", id="drive"),
        pytest.param("a\\b", id="backslash"),
        pytest.param("https://example.org/a", id="address"),
        pytest.param("a\x00b", id="nul"),
        pytest.param("a\nb", id="line end"),
        pytest.param("a" * 256, id="too long"),
        pytest.param("字" * 90, id="too long in bytes"),
    ],
)
def test_paths_that_are_refused(path: str, tmp_path: Path) -> None:
    assert not inside(path)
    text, problems = read_text(tmp_path, path)
    assert text is None
    assert [problem.rule for problem in problems] == ["file-outside"]


@given(st.text(max_size=20))
def test_looking_at_a_path_never_raises(path: str) -> None:
    inside(path)


@given(st.binary(max_size=60))
def test_decoding_never_raises_and_gives_text_or_problems(data: bytes) -> None:
    text, problems = decode(data, "f.csv")
    assert (text is None) == bool(problems)
    assert "\r" not in (text or "")


@given(st.text(max_size=40))
def test_good_text_comes_back_with_plain_line_ends(text: str) -> None:
    decoded, problems = decode(text.encode(), "f.csv")
    assert problems or decoded == text.removeprefix("\ufeff").replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("data", "rule", "line", "column", "words"),
    [
        pytest.param("a\n编".encode("gb18030"), "encoding", 2, 1, "GB18030", id="gb18030"),
        pytest.param("编\n中x".encode() + b"\xff", "encoding", 2, 3, "字节", id="broken utf-8"),
        pytest.param(
            "\ufeff编".encode() + b"\xff", "encoding", 1, 2, "第 7 个", id="behind a mark"
        ),
        pytest.param("编".encode("utf-16"), "encoding", 1, 1, "UTF-16", id="utf-16"),
        pytest.param("表格".encode("big5"), "encoding", 1, 1, "GB18030", id="too short to tell"),
        pytest.param(
            "沒有發現問題，請大家繼續".encode("big5"), "encoding", 1, 1, "BIG5", id="big5"
        ),
        pytest.param("ab,c\n中".encode("utf-16-le"), "encoding", 1, 1, "UTF-16LE", id="little"),
        pytest.param("ab,c\n中文".encode("utf-16-be"), "encoding", 1, 1, "UTF-16BE", id="big"),
        pytest.param(b"ab,c" * 3 + b"\0\xff", "encoding", 1, 14, "GB18030", id="one zero"),
        pytest.param(b"a\rb", "bare-return", 1, 2, "回车", id="old line end"),
        pytest.param("a\ufeffb".encode(), "byte-order-mark", 1, 2, "U+FEFF", id="mark inside"),
        pytest.param(b"a\n\x00", "control-character", 2, 1, "U+0000", id="nul"),
        pytest.param("\x85".encode(), "control-character", 1, 1, "U+0085", id="next line"),
        pytest.param("a\u2029".encode(), "control-character", 1, 2, "U+2029", id="paragraph"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    data: bytes, rule: str, line: int, column: int, words: str
) -> None:
    text, problems = decode(data, "f.csv")
    assert text is None
    assert (problems[0].rule, problems[0].place) == (rule, Place("f.csv", line, column))
    assert words in problems[0].wrong.zh


def test_of_a_mixture_only_the_odd_line_is_converted() -> None:
    _, problems = decode("编\n中".encode() + "文".encode("gb18030"), "f.csv")
    assert "UTF-8 + GB18030" in problems[0].wrong.zh
    assert problems[0].fix.zh.endswith("sed -n 2p f.csv | iconv -f gb18030 -t UTF-8")


@given(st.binary(max_size=60) | st.text(max_size=30).map(str.encode))
def test_what_looks_clean_has_no_problem_and_the_other_way_round(data: bytes) -> None:
    assert is_clean(data) is (decode(data, "f.csv")[1] == [])


@pytest.mark.parametrize("cell", ["\ta", "=1+1", "-", "@x", "+1", " a", "'a"])
def test_harmless_text_is_not_refused(cell: str) -> None:
    assert decode(f"{cell}\n".encode(), "f.csv") == (f"{cell}\n", [])


@given(st.text(alphabet="a中\n", max_size=200))
def test_lines_are_found_by_number(text: str) -> None:
    lines = Lines(text.encode())
    wanted = text.split("\n")
    assert lines.ends == len(wanted) - 1
    found = [lines.text(number).removesuffix("\n") for number in range(1, len(wanted) + 2)]
    assert found == [*wanted, ""]


def test_lines_of_a_large_text_are_found_across_its_parts() -> None:
    lines = Lines("".join(f"第{number}行\n" for number in range(1, 20_001)).encode())
    for number in (1, 2, 1000, 12_345, 20_000):
        assert lines.text(number) == f"第{number}行\n"
    assert lines.text(20_001) == lines.text(99_999) == ""


def test_a_byte_order_mark_in_front_and_windows_line_ends_are_read() -> None:
    assert decode("\ufeffa\r\nb\r\n".encode(), "f.csv") == ("a\nb\n", [])


def test_bytes_of_no_encoding_at_all_are_taken_for_the_likeliest() -> None:
    _, problems = decode(b"\xff\xff\xff\xff", "f.csv")
    assert "GB18030" in problems[0].wrong.zh


def test_a_file_full_of_invisible_characters_gives_a_few_problems_only() -> None:
    assert len(decode(b"\x00" * 1000, "f.csv")[1]) == 20


def test_the_remedy_quotes_a_path_with_blanks() -> None:
    _, problems = decode(b"\xff", "a b.csv")
    assert "'a b.csv'" in problems[0].fix.zh


def test_links_are_not_read_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/f.csv").write_text("x", encoding="utf-8")
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "f.csv").symlink_to("real/f.csv")
    for path in ("folder/f.csv", "f.csv"):
        text, problems = read_text(tmp_path, path)
        assert text is None
        assert [problem.rule for problem in problems] == ["file-link"]
    assert read_text(tmp_path, "real/f.csv") == ("x", [])


def test_a_missing_file_says_who_names_it(tmp_path: Path) -> None:
    _, problems = read_text(tmp_path, "f.csv", wanted_by="package:3")
    assert problems[0].fix.zh.endswith("package:3")
    (tmp_path / "folder").mkdir()
    (folder,) = read_text(tmp_path, "folder")[1]
    assert (folder.rule, folder.near) == ("file-missing", ())


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LIMIT_MB", 0)
    (tmp_path / "f.csv").write_bytes(b"x" * 2**20)
    _, problems = read_text(tmp_path, "f.csv")
    assert [problem.rule for problem in problems] == ["file-too-large"]
    assert "1 MB" in problems[0].wrong.zh


def test_problems_get_the_masked_text_of_their_line(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("a\n13800138000\n", encoding="utf-8")
    places = [Place("f.csv", 2, 1), Place("f.csv"), Place("f.csv", 99), Place("none.csv", 1)]
    found = with_sources(tmp_path, tuple(FILE_LINK.at(place) for place in places))
    assert [problem.source for problem in found] == ["138******00", "", "", ""]
