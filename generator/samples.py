"""What a sample site leaves behind and a real school must not carry."""

import re

from generator.files import read_text
from generator.plan.plan import Plan
from generator.problems.catalogue.declarations import SAMPLE_LEFT
from generator.problems.problem import Place, Problem
from generator.product import row_fingerprint, sample_fingerprints
from generator.project import PLACEHOLDER, SCHOOL_FILE, Project
from generator.records.records import Records
from generator.records.tables import RawTable

_LEFT = re.compile(f"{PLACEHOLDER.pattern}|示例中学|示例号码")


def sample_left(project: Project, records: Records, plan: Plan) -> list[Problem]:
    """Report placeholders, sample words and sample rows when the school is not a sample."""
    if project.school.sample:
        return []
    files = {SCHOOL_FILE, *(contact.place.file for contact in plan.contacts)}
    files |= {page.place.file for page in plan.documents}
    files |= {question.place.file for question in plan.questions}
    files |= {section.path for section in plan.sections}
    files |= {page.path for page in plan.pages}
    problems = [problem for file in sorted(files) for problem in _written(project, file)]
    for raw in records.raw.tables.values():
        happenings = bool(raw.table.schema.event_date)
        problems += _rows(raw) if happenings else _cells(raw)
    return problems


def _written(project: Project, file: str) -> list[Problem]:
    text, _ = read_text(project.root, file)
    lines = enumerate((text or "").split("\n"), 1)
    found = [
        (Place(file, number, match.start() + 1), line)
        for number, line in lines
        if (match := _LEFT.search(line))
    ]
    return [_placeholder(place, line) for place, line in found]


def _cells(raw: RawTable) -> list[Problem]:
    """Placeholders in the tables of what the school has: posts, places, documents."""
    names = [field.name for field in raw.table.schema.fields]
    return [
        _placeholder(raw.place(raw.base + index, name), cell)
        for index, cells in enumerate(raw.cells())
        for name, cell in zip(names, cells, strict=False)
        if _LEFT.search(cell)
    ]


def _placeholder(place: Place, text: str) -> Problem:
    found = list(dict.fromkeys(_LEFT.findall(text)))
    return SAMPLE_LEFT.at(
        place,
        what_zh="、".join(f"“{word}”" for word in found),
        what_en=", ".join(found),
        remedy_zh="换成本校的内容；还在试用就在 school.yaml 写 sample: true",
        remedy_en="write your school's own, or say sample: true in school.yaml",
    )


def _rows(raw: RawTable) -> list[Problem]:
    """Rows of the sample among the records of things that happened."""
    known = sample_fingerprints()
    if not known:
        return []
    return [
        SAMPLE_LEFT.at(
            raw.place(raw.base + index),
            what_zh="一行示例记录",
            what_en="a sample row",
            remedy_zh="删去这一行",
            remedy_en="delete the row",
        )
        for index, cells in enumerate(raw.cells())
        if row_fingerprint(raw.table.name, cells) in known
    ]
