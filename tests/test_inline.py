"""Lines are converted as Markdown converts them, whether marks are looked for or not."""

import markdown  # type: ignore[import-untyped]  # it comes without types

from generator.plan.markdown import EXTENSIONS
from generator.site.inline import quicken
from tests.sample_site import ROOT

LINES = """\
普通的字，no marks at all.
**粗** *斜* _下_ `码` ``a`b`` \\* 反斜
[链接](a.md "题") ![图](a.png) [引用][x] [x] <https://a.example> <a@b.example>
实体 &amp; &#42; & 与 2 < 3 > 1
行尾两个空格  \n下一行
| 甲 | 乙 |\n|---|---|\n| 平 | **粗** |
!!! note "题目 *斜*"\n    一段 `码`

[x]: b.md
"""


def test_signs_of_all_marks_are_found() -> None:
    plain = markdown.Markdown(extensions=list(EXTENSIONS))
    for text in [*LINES.split("\n"), LINES, LINES.replace("\n", "\n\n")]:
        assert quick().convert(text) == plain.reset().convert(text)


def test_the_sample_is_converted_as_before() -> None:
    plain, quickened = markdown.Markdown(extensions=list(EXTENSIONS)), quick()
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "content/pages").rglob("*.md")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    for text in texts:
        assert quickened.reset().convert(text) == plain.reset().convert(text)


def quick() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=list(EXTENSIONS))
    quicken(converter)
    return converter
