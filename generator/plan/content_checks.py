"""Pages against the declared rules of writing: headings, lengths, marked numbers, plain words."""

import re
from collections.abc import Iterable, Iterator

from generator.plan.content_rules import NO_LIMIT, ContentRules, KindRule, ListRule
from generator.plan.markdown import Source, outside_fences
from generator.plan.names import REFERENCE
from generator.problems.catalogue.content import (
    CATEGORY_OPEN,
    HEADING_MISSING,
    NUMBER_UNMARKED,
    PLAIN_WORD,
    SECTION_MISSING,
)
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*")
_LEVEL_TWO = re.compile(r"##\s+(.+?)\s*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.])\s+|\s*\|")
_HIDDEN = re.compile(r"\[\[[^\]\n]*\]\]|`[^`\n]*`|\]\([^)\n]*\)|^\s*\d+[.]\s|^!!!.*$")
_OWNED = ".target"
"""A number that an indicator owns; that it exists is looked up with all references."""


def check_pages(
    sources: Iterable[Source], rules: ContentRules, grounds: frozenset[str]
) -> list[Problem]:
    """Check the pages whose kind is declared.

    Args:
        sources: pages with front matter.
        rules: what is declared.
        grounds: ids of laws, clauses and the like, which say where a number comes from.
    """
    kinds = {rule.kind: rule for rule in rules.kinds}
    problems: list[Problem] = []
    for source in sources:
        rule = kinds.get(source.front.text("kind"))
        if rule is not None:
            problems += _check_page(source, rule, rules, grounds)
    return problems


def check_words(sources: Iterable[Source], rules: ContentRules) -> list[Problem]:
    """Remind of words that have a plainer one."""
    return [
        PLAIN_WORD.at(source.place(number, at + 1), value=shown(entry.word), better=entry.better)
        for source in sources
        if (written := [entry for entry in rules.words if entry.word in source.body])
        for number, line in outside_fences(source.lines())
        for entry in written
        if (at := line.find(entry.word)) >= 0
    ]


def check_required(approved: Iterable[tuple[str, str]], rules: ContentRules) -> list[Problem]:
    """Remind of required categories without exactly one approved page.

    Args:
        approved: kind and category of every approved page.
        rules: what is declared.
    """
    found = list(approved)
    problems = []
    for rule in rules.kinds:
        counts = {name: found.count((rule.kind, name)) for name in rule.required}
        missing = "、".join(name for name, count in counts.items() if count == 0)
        doubled = "、".join(name for name, count in counts.items() if count > 1)
        if missing:
            words = Words("没有批准的页面", "no approved page")
            problems.append(_category(rule, missing, words))
        if doubled:
            words = Words("有几个批准的页面", "more than one approved page")
            problems.append(_category(rule, doubled, words))
    return problems


def _category(rule: KindRule, names: str, what: Words) -> Problem:
    return CATEGORY_OPEN.at(
        rule.place, kind=rule.kind, names=names, what_zh=what.zh, what_en=what.en
    )


def _check_page(
    source: Source, rule: KindRule, rules: ContentRules, grounds: frozenset[str]
) -> Iterator[Problem]:
    lines = [line for _, line in outside_fences(source.lines())]
    found = {match.group(1) for line in lines if (match := _LEVEL_TWO.fullmatch(line))}
    for title in rule.headings:
        if title not in found:
            yield HEADING_MISSING.at(source.place(0), value=shown(title))
    for entry in rule.lists:
        yield from _check_list(source, entry)
    if rule.marked:
        yield from _check_numbers(source, rules, grounds)


def _check_list(source: Source, rule: ListRule) -> Iterator[Problem]:
    nodes = source.front.items(rule.key)
    count = len(nodes)
    if not rule.least <= count <= rule.most:
        yield _incomplete(
            source.front.place(rule.key),
            Words(f"{rule.key} 有 {count} 条", f"{rule.key} has {count} lines"),
            _wanted(rule),
        )
    for node in nodes:
        if isinstance(node.value, str) and len(node.value) > rule.longest:
            length = len(node.value)
            yield _incomplete(
                node.place,
                Words(f"这一条有 {length} 个字", f"the line has {length} characters"),
                Words(f"缩到 {rule.longest} 个字以内", f"shorten it to {rule.longest} characters"),
            )


def _wanted(rule: ListRule) -> Words:
    if rule.most == NO_LIMIT:
        return Words(f"至少写 {rule.least} 条", f"write at least {rule.least}")
    if not rule.least:
        return Words(f"最多留 {rule.most} 条", f"keep at most {rule.most}")
    return Words(f"写 {rule.least} 到 {rule.most} 条", f"write {rule.least} to {rule.most}")


def _check_numbers(
    source: Source, rules: ContentRules, grounds: frozenset[str]
) -> Iterator[Problem]:
    units = "|".join(re.escape(unit) for unit in rules.units) or r"(?!)"
    number = re.compile(
        rf"(?<![A-Za-z0-9])[0-9]+(?![A-Za-z])|(?<![几第一-十])[半一二两三四五六七八九十百]+个?(?:{units})"
    )
    for block in _blocks(source):
        text = "\n".join(line for _, line in block)
        names = {match.group(1) for match in REFERENCE.finditer(text)}
        owned = any(name.endswith(_OWNED) for name in names)
        if owned or names & grounds or any(mark in text for mark in rules.marks):
            continue
        for at, line in block:
            match = number.search(_HIDDEN.sub(lambda m: " " * len(m.group()), line))
            if match:
                place = source.place(at, match.start() + 1)
                yield NUMBER_UNMARKED.at(place, value=shown(match.group()))
                break


def _blocks(source: Source) -> Iterator[list[tuple[int, str]]]:
    """Paragraphs, list items and table rows with the number of each line; no headings."""
    block: list[tuple[int, str]] = []
    for number, line in outside_fences(source.lines()):
        ends = not line.strip() or _HEADING.fullmatch(line) or _ITEM.match(line)
        if ends and block:
            yield block
            block = []
        if line.strip() and not _HEADING.fullmatch(line):
            block.append((number, line))
    if block:
        yield block


def _incomplete(place: Place, what: Words, remedy: Words) -> Problem:
    return SECTION_MISSING.at(
        place, what_zh=what.zh, what_en=what.en, remedy_zh=remedy.zh, remedy_en=remedy.en
    )
