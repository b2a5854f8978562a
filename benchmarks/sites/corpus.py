"""The pages that every contender builds: the sentences of our own content, laid together anew.

Seeded and from the standard library alone, so that they are the same on every run. A third of the
sentences get other characters from the whole content, so that the vocabulary is as wide as that of
so many real pages. A page has about 4 KB: four sections, a table, a note and a list.
"""

import random
import re
from typing import NamedTuple

from benchmarks.processes import ROOT

PER_FOLDER = 25
TABLE, NOTE, LIST = 1, 2, 3
SHORTEST, LONGEST = 10, 60
_HAN = re.compile("[\u4e00-\u9fff]")
_LEFT_OUT = re.compile(r"[^\u4e00-\u9fff，、“”（）：]|：$")
"""A sentence with one of these would not mean the same to every contender."""


class Made(NamedTuple):
    """One page: where it stands below the folder of pages, its title, its Markdown."""

    path: str
    title: str
    text: str

    @property
    def url(self) -> str:
        """The folder that its HTML stands in."""
        return self.path.removesuffix(".md")


def make_pages(count: int) -> list[Made]:
    """So many pages, 25 to a folder."""
    dice = random.Random(20261120)  # noqa: S311 - the same pages on every run
    writer = _Writer(dice)
    return [_page(number, writer) for number in range(count)]


def _sentences() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("content/**/*.md"))]
    bodies = (re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL) for text in texts)
    pieces = (piece.strip(" -") for body in bodies for piece in re.split(r"[。；！？\n]", body))
    return sorted({p for p in pieces if SHORTEST <= len(p) <= LONGEST and not _LEFT_OUT.search(p)})


class _Writer:
    """Says one sentence after the other."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self._known = _sentences()
        self._letters = _HAN.findall("".join(self._known))

    def sentence(self) -> str:
        said = self.dice.choice(self._known)
        if self.dice.random() > 1 / 3:
            return said
        return _HAN.sub(self._letter, said)

    def _letter(self, match: re.Match[str]) -> str:
        return match[0] if self.dice.random() > 1 / 3 else self.dice.choice(self._letters)

    def words(self, length: int) -> str:
        """The first characters of a sentence, without marks."""
        return "".join(_HAN.findall(self.sentence()))[:length]


def _page(number: int, writer: _Writer) -> Made:
    title = f"第{number:05d}号 {writer.words(12)}"
    lines = ["---", f"title: {title}", "---", ""]
    for section in range(4):
        lines += [f"## {writer.words(9)}", ""]
        for _ in range(3):
            lines += ["。".join(writer.sentence() for _ in range(4)) + "。", ""]
        lines += [*_extras(section, writer), ""]
    return Made(f"s{number // PER_FOLDER:03d}/p{number:05d}.md", title, "\n".join(lines))


def _extras(section: int, writer: _Writer) -> list[str]:
    """What the second, third and fourth section of a page hold besides text."""
    if section == TABLE:
        days = [f"2026-0{writer.dice.randint(1, 9)}-1{writer.dice.randint(0, 9)}" for _ in range(8)]
        rows = [f"| {day} | {writer.words(8)} | 保卫科 | 已整改 |" for day in days]
        return ["| 日期 | 项目 | 责任 | 状态 |", "|---|---|---|---|", *rows]
    if section == NOTE:
        return ['!!! warning "注意"', "", f"    {writer.sentence()}。"]
    if section == LIST:
        return [f"{step}. {writer.sentence()}" for step in range(1, 7)]
    return []
