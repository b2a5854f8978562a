"""Write the records of the sample school: the same bytes on every machine.

python tests/sample/make_sample.py records/tables
"""

import sys
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.sample.class_list import class_rows
from tests.sample.exercises import drill_rows
from tests.sample.hazard_ledger import hazard_rows
from tests.sample.lessons import lesson_rows
from tests.sample.papers import document_rows
from tests.sample.places import location_rows
from tests.sample.posts import role_rows
from tests.sample.rounds import inspection_rows
from tests.sample.rows import write_table
from tests.sample.school_days import calendar_rows


def build(target: Path) -> None:
    """Write the nine tables of the sample school into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    hazards = hazard_rows()
    tables = {
        "school_calendar": calendar_rows(),
        "locations": location_rows(),
        "roles": role_rows(),
        "classes": class_rows(),
        "documents": document_rows(),
        "safety_lessons": lesson_rows(),
        "drills": drill_rows(),
        "inspections": inspection_rows(hazards),
        "hazards": hazards,
    }
    for name, rows in tables.items():
        write_table(target, name, rows)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
