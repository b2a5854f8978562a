"""Plan pages to clauses: a heading `### id title`, a `clause` block, then the clause's words."""

import dataclasses
import re

from generator.declared import Declared
from generator.plan.clauses import ADDRESSEES, Clause, Evidence, Group, Section
from generator.plan.markdown import Source, outside_fences
from generator.plan.names import Named, named, references_in
from generator.problems.catalogue.content import CLAUSE_BLOCK, HEADING_FORM
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem, Words
from generator.strict_yaml import Node, read_yaml

_GROUP_LEVEL = 2
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_TITLED = re.compile(r"^([0-9A-Za-z][0-9A-Za-z.-]*)\s+(\S.*)$")
_OPEN = re.compile(r"^```clause\s*$")


def read_section(source: Source) -> tuple[Section, list[Named], list[Problem]]:
    """Read one plan page; the names it uses are returned for looking up."""
    front = source.front
    section = Section(
        id=front.text("section", required=True),
        title=front.text("title", required=True),
        part=front.text("part"),
        order=front.integer("order"),
        intro="",
        parts=(),
        path=source.path,
    )
    front.close()
    problems: list[Problem] = []
    names = references_in(source)
    intro, pieces = _split(source, problems)
    parts: list[Clause | Group] = []
    group = ""
    for piece in pieces:
        if piece.block is None:
            problems.extend(_check_group(piece))
            group = piece.id
            parts.append(Group(piece.id, piece.title, piece.text, piece.place))
            continue
        group = group if piece.level > _GROUP_LEVEL else ""
        clause = _read_clause(piece, section.id, group, names, problems)
        parts.append(clause)
    section = dataclasses.replace(section, intro=intro, parts=tuple(parts))
    return section, names, problems


def _check_group(piece: "_Piece") -> list[Problem]:
    """Only a heading of the second level may stand without a clause block."""
    if piece.level <= _GROUP_LEVEL:
        return []
    return [
        CLAUSE_BLOCK.at(
            piece.place,
            what_zh=f"条款 {piece.id} 的标题下面没有 clause 块",
            what_en=f"clause {piece.id} has no clause block below its heading",
            remedy_zh="标题下面空一行，写 ```clause 块；只是分组就用 ## 标题",
            remedy_en="write the block after an empty line, or use ## for a mere group",
        )
    ]


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A heading with what stands below it, up to the next heading."""

    level: int
    id: str
    title: str
    block: Node | None
    text: str
    place: Place


def _split(source: Source, problems: list[Problem]) -> tuple[str, list[_Piece]]:
    lines = source.lines()
    headings: list[tuple[int, int, str, str]] = []
    for number, line in outside_fences(lines):
        match = _HEADING.match(line)
        if match is None:
            continue
        titled = _TITLED.match(match.group(2))
        if titled is None:
            place = source.place(number, 1)
            problems.append(HEADING_FORM.at(place, value=shown(match.group(2))))
            continue
        headings.append((number, len(match.group(1)), titled.group(1), titled.group(2)))
    starts = [*(entry[0] for entry in headings), len(lines)]
    first, ends = starts[0], starts[1:]
    pieces = []
    for (number, level, identifier, title), end in zip(headings, ends, strict=True):
        block, text = _block(source, number + 1, end, problems)
        place = source.place(number, 1)
        pieces.append(_Piece(level, identifier, title, block, text, place))
    return "\n".join(lines[:first]).strip(), pieces


def _block(
    source: Source, start: int, end: int, problems: list[Problem]
) -> tuple[Node | None, str]:
    """The YAML of a clause block right below the heading, and the text after it."""
    lines = source.lines()
    opened = start
    while opened < end and not lines[opened].strip():
        opened += 1
    if opened >= end or not _OPEN.match(lines[opened]):
        return None, "\n".join(lines[start:end]).strip()
    closed = next((i for i in range(opened + 1, end) if lines[i].strip() == "```"), end)
    text = "\n".join(lines[opened + 1 : closed])
    first_line = source.first_line + opened + 1
    node, found = read_yaml(text, source.path, first_line=first_line)
    problems.extend(found)
    place = source.place(opened, 1)
    empty = Node({}, place, place, place)
    return node or empty, "\n".join(lines[closed + 1 : end]).strip()


def _read_clause(
    piece: _Piece, section: str, group: str, names: list[Named], problems: list[Problem]
) -> Clause:
    block = piece.block or Node({}, piece.place, piece.place, piece.place)
    entry = Declared(block, f"clause {piece.id}", problems)
    evidence = _read_evidence(entry, names)
    see_also = entry.texts("see_also")
    names.extend(named("clause", see_also))
    role = entry.text("role")
    if role:
        names.append(Named("role", role, entry.place("role")))
    clause = Clause(
        id=piece.id,
        title=piece.title,
        section=section,
        group=group,
        addressee=entry.one_of("addressee", ADDRESSEES),
        role=role,
        duty=entry.text("duty"),
        evidence=evidence,
        exempt=entry.text("exempt"),
        see_also=tuple(str(node.value) for node in see_also),
        text=piece.text,
        place=piece.place,
    )
    entry.close()
    problems.extend(_check_clause(clause))
    return clause


def _read_evidence(entry: Declared, names: list[Named]) -> Evidence:
    inner = entry.inner("evidence")
    found: dict[str, list[Node]] = {"indicators": [], "tables": [], "documents": []}
    if inner is not None:
        for key, nodes in found.items():
            nodes.extend(inner.texts(key))
            names.extend(named(key.removesuffix("s"), nodes))
        inner.close()
    planned = entry.texts("planned")
    names.extend(Named("planned", str(node.value).split(" ")[0], node.place) for node in planned)
    values = {key: tuple(str(node.value) for node in nodes) for key, nodes in found.items()}
    return Evidence(**values, planned=tuple(str(node.value) for node in planned))


def _check_clause(clause: Clause) -> list[Problem]:
    wrong = remedy = None
    if clause.exempt and clause.evidence:
        wrong = Words(
            f"条款 {clause.id} 既写了证据又写了 exempt",
            f"clause {clause.id} has both evidence and an exemption",
        )
        remedy = Words("两者留一", "keep one of them")
    elif not clause.text:
        wrong = Words(f"条款 {clause.id} 没有正文", f"clause {clause.id} has no words")
        remedy = Words("用一两句话写清谁做什么", "say in a sentence who does what")
    if wrong is None or remedy is None:
        return []
    return [
        CLAUSE_BLOCK.at(
            clause.place,
            what_zh=wrong.zh,
            what_en=wrong.en,
            remedy_zh=remedy.zh,
            remedy_en=remedy.en,
        )
    ]
