"""Write the records of the sample school: the same bytes on every machine.

python tests/sample/make_sample.py records/tables
"""

import sys
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.sample.activity_list import activity_rows
from tests.sample.case_numbers import dispute_rows, incident_rows
from tests.sample.class_list import class_rows
from tests.sample.cover import policy_rows, survey_rows
from tests.sample.equipment import asset_rows
from tests.sample.equipment_checks import asset_check_rows
from tests.sample.exercises import drill_rows
from tests.sample.grading import assessment_rows
from tests.sample.hazard_ledger import hazard_rows
from tests.sample.head_counts import staffing_rows
from tests.sample.lessons import lesson_rows
from tests.sample.meals import canteen_rows
from tests.sample.month_counts import counselling_rows, month_rows, petition_rows
from tests.sample.papers import document_rows
from tests.sample.places import location_rows
from tests.sample.posts import role_rows
from tests.sample.rounds import inspection_rows
from tests.sample.rows import write_table
from tests.sample.school_days import calendar_rows
from tests.sample.ways_out import route_rows


def build(target: Path) -> None:
    """Write all tables of the sample school into a folder."""
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
        "activities": activity_rows(),
        "assets": asset_rows(),
        "asset_checks": asset_check_rows(),
        "staffing": staffing_rows(),
        "monthly_ops": month_rows(),
        "dispute_cases": dispute_rows(),
        "petition_months": petition_rows(),
        "incident_cases": incident_rows(),
        "counselling_months": counselling_rows(),
        "canteen_days": canteen_rows(),
        "insurance_policies": policy_rows(),
        "surveys": survey_rows(),
        "assessments": assessment_rows(),
        "evacuation_routes": route_rows(),
    }
    for name, rows in tables.items():
        write_table(target, name, rows)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
