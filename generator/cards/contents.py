"""What stands on an action card, taken from a procedure and nothing else."""

import re
from collections.abc import Iterable

from generator.cards.card import Call, Card, Duty, Line, Minute
from generator.ledger import Ledger
from generator.plan.markdown import outside_fences
from generator.plan.names import REFERENCE
from generator.plan.procedures import Procedure

_HEADING = re.compile(r"##\s+(.+?)\s*")
_BULLET = re.compile(r"(?:[-*+]|[0-9]+\.)\s+(.+)")
_WHO = re.compile(r"\*\*(.+?)\*\*\s*[：:]\s*(.+)")
_MARKS = re.compile(r"\[([^\]\[]+)\]\([^)]*\)|[*`]+")
_SENTENCE = re.compile(r".+?[。；](?=.)")
_FIRST = "1"
_EMPTY_DAY = "—"


def cards_of(ledger: Ledger) -> tuple[Card, ...]:
    """A card for every procedure that is in use, in their order."""
    found = ledger.checked.plan.procedures
    return tuple(_card(ledger, procedure) for procedure in found if procedure.status != "retired")


def _card(ledger: Ledger, procedure: Procedure) -> Card:
    school = ledger.checked.project.school
    page = f"procedures/{procedure.id}/"
    report = procedure.report
    return Card(
        id=procedure.id,
        title=procedure.title,
        school=school.name,
        version=_version(procedure),
        summary=_plain(ledger, procedure.summary),
        first_minute=tuple(_plain(ledger, step) for step in procedure.first_minute),
        minutes=_minutes(ledger, procedure),
        do_not=tuple(_plain(ledger, step) for step in procedure.do_not),
        tasks=tuple(
            Duty(_title(ledger, "role", task.role), _plain(ledger, task.task))
            for task in procedure.tasks
        ),
        calls=_calls(ledger, procedure),
        verbal=f"{report.verbal_hours} 小时" if report else _EMPTY_DAY,
        written=f"{report.written_hours} 小时" if report else _EMPTY_DAY,
        report_to=_contacts(ledger, report.to) if report else (),
        script=_plain(ledger, report.script) if report else "",
        places=tuple(_title(ledger, "place", name) for name in procedure.assembly_points),
        commander=_title(ledger, "role", procedure.commander),
        deputy=_title(ledger, "role", procedure.deputy),
        address=f"{school.site_address}{page}",
        has_site=bool(school.site_address),
        foot=_foot(ledger, procedure),
    )


def _version(procedure: Procedure) -> str:
    return f"{procedure.version} 版{' 草稿' if procedure.status == 'draft' else ''}"


def _foot(ledger: Ledger, procedure: Procedure) -> str:
    parts = [
        f"{procedure.id} · {_version(procedure)}",
        f"批准 {procedure.approved_on}" if procedure.approved_on else "没有批准",
        f"复审到期 {procedure.review_due or _EMPTY_DAY}",
        f"责任 {_title(ledger, 'role', procedure.owner)}",
    ]
    if ledger.checked.project.school.sample:
        parts.append("示例学校，学校和座机号码均为虚构")
    return " · ".join(parts)


def _calls(ledger: Ledger, procedure: Procedure) -> tuple[Call, ...]:
    """The declared numbers, and any other that the first minute names."""
    sections = _sections(procedure.body)
    first = "\n".join(sections.get(_FIRST, []))
    keys = {contact.key for contact in ledger.checked.plan.contacts}
    named = [name for name in REFERENCE.findall(first) if name in keys]
    return _contacts(ledger, dict.fromkeys([*procedure.contacts, *named]))


def _contacts(ledger: Ledger, keys: Iterable[str]) -> tuple[Call, ...]:
    by_key = {contact.key: contact for contact in ledger.checked.plan.contacts}
    found = [by_key[key] for key in keys if key in by_key]
    return tuple(Call(contact.number, contact.title) for contact in found)


def _minutes(ledger: Ledger, procedure: Procedure) -> tuple[Minute, ...]:
    sections = _sections(procedure.body)
    return tuple(
        Minute(f"第{minute}分钟", tuple(_line(ledger, text) for text in _bullets(lines)))
        for minute, lines in sections.items()
        if minute != _FIRST
    )


def _sections(body: str) -> dict[str, list[str]]:
    """The lines below each heading of a minute, by minute."""
    found: dict[str, list[str]] = {}
    below = ""
    for _, line in outside_fences(body.split("\n")):
        heading = _HEADING.fullmatch(line)
        if heading:
            minute = re.fullmatch(r"第\s*([0-9]+)\s*分钟", heading.group(1))
            below = minute.group(1) if minute else ""
        elif below:
            found.setdefault(below, []).append(line)
    return found


def _bullets(lines: list[str]) -> list[str]:
    """The items of a list, each on one line; further lines of an item are joined to it."""
    items: list[str] = []
    inside = False
    for line in lines:
        bullet = _BULLET.fullmatch(line)
        if bullet:
            items.append(bullet.group(1).strip())
        elif inside and line.startswith("  ") and line.strip() and items:
            items[-1] += line.strip()
        inside = bool(bullet) or (inside and line.startswith("  "))
    return items


def _line(ledger: Ledger, text: str) -> Line:
    who = _WHO.fullmatch(text)
    said = who.group(2) if who else text
    sentence = _SENTENCE.match(said)
    what = _plain(ledger, sentence.group() if sentence else said)
    what = re.sub("；$", "。", what)
    return Line(_plain(ledger, who.group(1)) if who else "", what)


def _plain(ledger: Ledger, text: str) -> str:
    """Author text as it is printed: references become words, marks of Markdown go."""
    words = REFERENCE.sub(lambda match: _reference(ledger, match.group(1)), text)
    return _MARKS.sub(lambda match: match.group(1) or "", words).strip()


def _reference(ledger: Ledger, name: str) -> str:
    """On a card a post or place stands with its title, a contact with its number."""
    registry = ledger.checked.registry
    kind = registry.kind_of(name)
    if kind == "contact":
        return next(c.number for c in ledger.checked.plan.contacts if c.key == name)
    return registry.title(kind, name) if kind in {"role", "place", "table"} else name


def _title(ledger: Ledger, kind: str, name: str) -> str:
    return ledger.checked.registry.title(kind, name) if name else _EMPTY_DAY
