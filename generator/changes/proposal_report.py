"""A proposal as one comment below it: Markdown with links to the lines, or text for a terminal.

Its first line is a mark that no reader sees, so that whoever posts it finds the comment again.
Words are those of the office: nothing of branches, commits or merges.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from generator.changes.proposal import PageChange, Proposal
from generator.changes.report import INDENT, escaped
from generator.changes.wording import Line, Section, sections_of
from generator.problems.problem import Language, Place, Problem

MARK = "<!-- safecampus-report -->"
LONGEST = 60_000
"""Characters; forges refuse longer comments."""
_SHOWN = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Where a line of a file is shown, with `{path}` and `{line}`; and where the preview is."""

    lines: str = ""
    preview: str = ""

    def line(self, place: Place) -> str:
        """The address of a place, or nothing."""
        line = place.line or 1
        return self.lines.format(path=quote(place.file), line=line) if self.lines else ""


def proposal_markdown(found: Proposal, links: Links, language: Language) -> str:
    """The comment, no longer than a forge takes."""
    say = _Speech(language)
    lines = [MARK, f"### {say('这次改动的检查结果', 'What was found in this change')}", ""]
    lines += [f"{'❌' if found.errors else '✅'} **{say.verdict(found)}**", ""]
    if links.preview and not found.errors:
        look = say("看看改好以后的网站", "see the site as it will be")
        lines += [f"[{look}]({links.preview})", ""]
    lines += _faults(found.errors, say("要改的", "to be mended"), links, say)
    lines += _faults(found.reminders, say("新的提醒", "new reminders"), links, say)
    for section in _sections(found, say):
        lines += [f"#### {section.title}", ""]
        lines += [f"{INDENT * depth}- {escaped(text)}" for depth, text in section.lines]
        lines += [""]
    lines += [f"<sub>{escaped(say.footer(found))}</sub>"]
    return _cut("\n".join(lines), say)


def proposal_text(found: Proposal, links: Links, language: Language) -> str:
    """The same for a terminal."""
    say = _Speech(language)
    lines = [say.verdict(found)]
    if links.preview and not found.errors:
        lines += [say(f"预览：{links.preview}", f"preview: {links.preview}")]
    for title, problems in (
        (say("要改的", "to be mended"), found.errors),
        (say("新的提醒", "new reminders"), found.reminders),
    ):
        if problems:
            told = [f"{p.place} {say.fault(p)}" for p in problems[:_SHOWN]]
            lines += ["", title, *(f"{INDENT}{line}" for line in told)]
            lines += [f"{INDENT}{line}" for line in say.more(problems)]
    for section in _sections(found, say):
        lines += ["", section.title]
        lines += [f"{INDENT * (depth + 1)}{text}" for depth, text in section.lines]
    return "\n".join([*lines, "", say.footer(found)])


def _faults(problems: Sequence[Problem], title: str, links: Links, say: "_Speech") -> Iterator[str]:
    if not problems:
        return
    yield f"#### {title}"
    yield ""
    for problem in problems[:_SHOWN]:
        place, address = escaped(say.place(problem.place)), links.line(problem.place)
        yield f"- {f'[{place}]({address})' if address else place}  "
        yield f"  {escaped(say.fault(problem))}"
    yield from (f"- {line}" for line in say.more(problems))
    yield ""


def _sections(found: Proposal, say: "_Speech") -> Iterator[Section]:
    """Whose approval, then what moves, then which pages change."""
    if found.approvers:
        yield Section(say("要请谁批准", "whose approval"), tuple(say.approvals(found.pages)))
    withheld = say(
        "有错误，指标、条款和期限的变化在改好以后列出",
        "with errors no figure holds; what moves is listed once they are mended",
    )
    if found.errors:
        yield Section(say("指标的变化", "indicators that move"), ((0, withheld),))
    yield from sections_of(found.comparison, say.language)
    if found.pages:
        yield Section(say("文字的变化", "pages that change"), tuple(say.pages(found.pages)))


class _Speech:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.zh = language is Language.ZH

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def verdict(self, found: Proposal) -> str:
        count = len(found.errors)
        if count:
            return self(
                f"有 {count} 处错误。改好再存一次，会自动重新检查。",
                f"{count} errors. Mend them and save; it is checked again by itself.",
            )
        return self("没有错误，可以请人批准。", "No errors; it may be approved.")

    def place(self, place: Place) -> str:
        if not place.line:
            return place.file
        return self(f"{place.file} 第 {place.line} 行", f"{place.file} line {place.line}")

    def fault(self, problem: Problem) -> str:
        wrong, fix = (w.in_language(self.language) for w in (problem.wrong, problem.fix))
        return self(f"{wrong}。改法：{fix}", f"{wrong}. Remedy: {fix}")

    def more(self, problems: Sequence[Problem]) -> Iterator[str]:
        rest = len(problems) - _SHOWN
        if rest > 0:
            yield self(f"另有 {rest} 处", f"{rest} more")

    def approvals(self, pages: Sequence[PageChange]) -> Iterator[Line]:
        for page in pages:
            if page.approver:
                yield 0, self(f"{page.title}：{page.approver}", f"{page.title}: {page.approver}")

    def pages(self, pages: Sequence[PageChange]) -> Iterator[Line]:
        for page in pages[:_SHOWN]:
            word = self("修改", "changed") if page.before else self("新增", "added")
            yield 0, f"{word if page.after else self('删去', 'removed')} {page.title}"
        rest = len(pages) - _SHOWN
        if rest > 0:
            yield 0, self(f"另有 {rest} 页", f"{rest} more")

    def footer(self, found: Proposal) -> str:
        day = found.comparison.as_of
        told = [self(f"统计日 {day}", f"counted on {day}")]
        if found.kept:
            told += [self(f"原来就有的提醒 {found.kept} 处", f"{found.kept} reminders as before")]
        if found.settled and not found.errors:
            settled = found.settled
            told += [self(f"这次消除的问题 {settled} 处", f"{settled} problems settled")]
        return self("，", ", ").join(told) + self("。", ".")


def _cut(text: str, say: _Speech) -> str:
    """Whole lines up to what a forge takes, and a word that something is left out."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rpartition("\n")[0]
    return f"{kept}\n\n{say('内容太长，后面的省略。', 'Too long; the rest is left out.')}"
