"""Schools made for measuring: one table of many rows, or many related tables.

Only the standard library; the rows come from a seeded generator and are always the same.
"""

import csv
import datetime as dt
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = list[str]
START = dt.date(2020, 1, 1)
PROFILE = """\
name: 测量学校
site_name: 测量学校
sample: true
as_of: 2026-11-20
time_zone: Asia/Shanghai
"""
RELATED = 22
CATEGORIES = ("消防", "用电", "食品", "设施", "交通")
DESCRIPTION = "走廊灭火器压力不足,需更换"


def field(name: str, kind: str = "string", **constraints: object) -> str:
    """One entry of a schema's `fields`."""
    inner = ", ".join(f"{key}: {value}" for key, value in constraints.items())
    known = f", constraints: {{{inner}}}" if inner else ""
    choices = constraints.get("enum")
    values = str(choices).strip("[]").split(", ") if choices else []
    labels = f", labels: {{{', '.join(f'{value}: {value}' for value in values)}}}" if values else ""
    future = ", future: true" if kind == "date" else ""
    return (
        f"  - {{name: {name}, title: {name}, type: {kind}, sensitivity: public"
        f"{known}{labels}{future}}}\n"
    )


HAZARDS = (
    "primaryKey: [hazard_id]\nevent_date: found_on\nfields:\n"
    + field("hazard_id", required="true", pattern="'HZ-[0-9]{7}'")
    + field("found_on", "date", required="true")
    + field("location_id", required="true")
    + field("category", required="true", enum="[消防, 用电, 食品, 设施, 交通]")
    + field("severity", enum="[一般, 较大, 重大]")
    + field("description", maxLength=200)
    + field("owner", pattern="'[a-z0-9_]+'")
    + field("due_on", "date")
    + field("rectified_on", "date")
    + field("status", required="true", enum="[open, closed]")
)
HAZARD_NAMES = [
    *("hazard_id", "found_on", "location_id", "category", "severity", "description"),
    *("owner", "due_on", "rectified_on", "status"),
]
FAULTS: tuple[tuple[int, str], ...] = (
    (1, "2023年9月31日"), (3, "消 防"), (0, "HZ-1"), (7, "2023/9/1"), (9, "完成"),
)  # fmt: skip


def one_table(root: Path, rows: int, faults: int = 0) -> list[tuple[int, int]]:
    """A school with one table of ten columns; the line and column of every planted fault."""
    random_source = random.Random(3)  # noqa: S311 - the same rows on every run
    faulty = set(random_source.sample(range(rows), faults))
    planted: list[tuple[int, int]] = []

    def lines() -> Iterable[Row]:
        for number in range(rows):
            row = _hazard(number, random_source)
            if number in faulty:
                column, value = random_source.choice(FAULTS)
                row[column] = value if column else f"HZ-{number}"
                planted.append((number + 2, _column(row, column)))
            yield row

    _write_school(root, {"hazards": HAZARDS})
    _write_table(root, "hazards", HAZARD_NAMES, lines())
    return planted


def _hazard(number: int, source: random.Random) -> Row:
    found = START + dt.timedelta(days=source.randrange(2400))
    due = found + dt.timedelta(days=source.randrange(1, 30))
    fixed = found + dt.timedelta(days=source.randrange(40)) if source.random() < 0.9 else None  # noqa: PLR2004
    return [
        f"HZ-{number:07d}",
        str(found),
        f"L{source.randrange(200):03d}",
        source.choice(CATEGORIES),
        source.choice(("一般", "较大", "重大")),
        DESCRIPTION,
        f"post_{source.randrange(20):02d}",
        str(due),
        str(fixed or ""),
        "closed" if fixed else "open",
    ]


def _column(row: Row, field_number: int) -> int:
    """Where a cell begins in its line; a cell with a comma stands in quotes."""
    before = (len(cell) + 2 * ("," in cell) + 1 for cell in row[:field_number])
    return 1 + sum(before)


RELATED_NAMES = [
    *("row_id", "opened_on", "closed_on", "kind", "amount"),
    *("share", "done", "month", "parent_id", "note"),
]


def related_tables(root: Path, rows: int) -> None:
    """A school with 22 tables and two rules each; every table points to the one before it."""
    source = random.Random(5)  # noqa: S311 - the same rows on every run
    size = rows // RELATED
    _write_school(root, {f"t{number:02d}": _related_schema(number) for number in range(RELATED)})
    for number in range(RELATED):
        parent = max(number - 1, 0)
        made = (_related_row((number, row), (parent, size), source) for row in range(size))
        _write_table(root, f"t{number:02d}", RELATED_NAMES, made)
        _write(root, f"records/rules/t{number:02d}.yaml", _related_rules(number, parent))


def _related_schema(number: int) -> str:
    target = f"t{number - 1:02d}" if number else '""'
    return (
        "primaryKey: [row_id]\nevent_date: opened_on\nforeignKeys:\n"
        f"  - {{fields: [parent_id], reference: {{resource: {target}, fields: [row_id]}}}}\n"
        "fields:\n"
        + field("row_id", required="true", pattern="'T[0-9]{2}-[0-9]{5}'")
        + field("opened_on", "date", required="true")
        + field("closed_on", "date")
        + field("kind", required="true", enum="[消防, 用电, 食品, 设施, 交通]")
        + field("amount", "integer", minimum="'0'", maximum="'5000'")
        + field("share", "number", minimum="'0'")
        + field("done", "boolean").replace(
            "type: boolean", 'type: boolean, trueValues: ["true"], falseValues: ["false"]'
        )
        + field("month", "yearmonth")
        + field("parent_id", required="true")
        + field("note", maxLength=200)
    )


def _related_row(own: tuple[int, int], parent: tuple[int, int], source: random.Random) -> Row:
    opened = START + dt.timedelta(days=source.randrange(2400))
    return [
        f"T{own[0]:02d}-{own[1]:05d}",
        str(opened),
        str(opened + dt.timedelta(days=source.randrange(40))),
        source.choice(CATEGORIES),
        str(source.randrange(5000)),
        f"{source.randrange(10000) / 100}",
        source.choice(("true", "false")),
        opened.strftime("%Y-%m"),
        f"T{parent[0]:02d}-{source.randrange(parent[1]):05d}",
        DESCRIPTION,
    ]


def _related_rules(number: int, parent: int) -> str:
    own, other = f"t{number:02d}", f"t{parent:02d}"
    words = "wrong: {zh: 不对, en: wrong}\n  fix: {zh: 核对, en: check}"
    late = (
        f"select t._row from {own} t join {other} p on p.row_id = t.parent_id"  # noqa: S608
        " where p.opened_on > t.closed_on + interval 8000 day"
    )
    return (
        f"- id: A{number:02d}\n  table: {own}\n  level: error\n"
        f"  when: closed_on < opened_on\n  fields: [closed_on]\n  {words}\n"
        f"- id: B{number:02d}\n  table: {own}\n  level: error\n  query: |\n"
        f"    {late}\n  fields: [parent_id]\n  {words}\n"
    )


def _write_school(root: Path, schemas: dict[str, str]) -> None:
    _write(root, "records/school.yaml", PROFILE)
    resources = "".join(
        f"  - {{name: {name}, title: {name}, type: table, path: tables/{name}.csv,"
        f" encoding: utf-8, schema: schemas/{name}.yaml, sensitivity: public}}\n"
        for name in schemas
    )
    _write(root, "records/datapackage.yaml", f"name: measured\nresources:\n{resources}")
    for name, schema in schemas.items():
        _write(root, f"records/schemas/{name}.yaml", schema)


def _write_table(root: Path, name: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    path = root / f"records/tables/{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
