"""What a sample site leaves behind and a real school must not carry."""

import re

from generator.files import read_text
from generator.plan.plan import Plan
from generator.problems.catalogue.declarations import SAMPLE_LEFT
from generator.problems.problem import Place, Problem
from generator.product import row_fingerprint, sample_fingerprints
from generator.project import SCHOOL_FILE, Project
from generator.records.records import Records

_PLACEHOLDER = re.compile("〔待填[^〕]*〕|示例中学|示例号码")


def sample_left(project: Project, records: Records, plan: Plan) -> list[Problem]:
    """Report placeholders, sample words and sample rows when the school is not a sample."""
    if project.school.sample:
        return []
    files = {SCHOOL_FILE, *(contact.place.file for contact in plan.contacts)}
    files |= {procedure.place.file for procedure in plan.procedures}
    files |= {section.path for section in plan.sections}
    files |= {page.path for page in plan.pages}
    problems = [problem for file in sorted(files) for problem in _placeholders(project, file)]
    return [*problems, *_rows(records)]


def _placeholders(project: Project, file: str) -> list[Problem]:
    text, _ = read_text(project.root, file)
    problems = []
    for number, line in enumerate((text or "").split("\n"), 1):
        match = _PLACEHOLDER.search(line)
        if match:
            problems.append(
                SAMPLE_LEFT.at(
                    Place(file, number, match.start() + 1),
                    what_zh=f"“{match.group()}”",
                    what_en=match.group(),
                    remedy_zh="换成本校的内容；还在试用就在 school.yaml 写 sample: true",
                    remedy_en="write your school's own, or say sample: true in school.yaml",
                )
            )
    return problems


def _rows(records: Records) -> list[Problem]:
    """Rows of the sample among the records of things that happened."""
    known = sample_fingerprints()
    problems = []
    for raw in records.raw.tables.values():
        if not known or not raw.table.schema.event_date:
            continue
        for index, cells in enumerate(raw.cells()):
            if row_fingerprint(raw.table.name, cells) in known:
                problems.append(
                    SAMPLE_LEFT.at(
                        raw.place(raw.base + index),
                        what_zh="一行示例记录",
                        what_en="a sample row",
                        remedy_zh="删去这一行",
                        remedy_en="delete the row",
                    )
                )
    return problems
