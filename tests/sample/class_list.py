"""The classes of the sample school: eight in each grade, two school years."""

from tests.sample.dice import between
from tests.sample.rows import Cell, Row, day

PER_GRADE = 8
GRADES = {7: "七", 8: "八", 9: "九"}


def class_rows() -> list[Row]:
    """The rows of classes."""
    return [
        _class(year, grade, number)
        for year in (2025, 2026)
        for grade in GRADES
        for number in range(1, PER_GRADE + 1)
    ]


def classes_of(school_year: int) -> list[str]:
    """The class ids of a school year, named by its first year."""
    return [str(row["class_id"]) for row in class_rows() if _starts(row, school_year)]


def heads(school_year: int, column: str, grade: int | None = None) -> int:
    """The sum of a head-count over the school or over one grade."""
    rows = [row for row in class_rows() if _starts(row, school_year)]
    return sum(_whole(row[column]) for row in rows if grade in {None, row["grade"]})


def _starts(row: Row, school_year: int) -> bool:
    return str(row["class_id"]).startswith(f"{school_year}-")


def _whole(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def _class(year: int, grade: int, number: int) -> Row:
    entered = year - grade
    changed = between(-1, 1, "moved", entered, number) if year > 2025 else 0
    last = f"{year + 1}-06-30" if grade == max(GRADES) else f"{year + 1}-08-31"
    return {
        "class_id": f"{year}-{grade}-{number:02d}",
        "display_name": f"{GRADES[grade]}年级{number}班",
        "grade": grade,
        "enrolled": between(43, 51, "enrolled", entered, number) + changed,
        "boarders": between(16, 27, "boarders", entered, number) + changed,
        "valid_from": day(f"{year}-09-01"),
        "valid_to": day(last),
    }
