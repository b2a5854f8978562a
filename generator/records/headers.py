"""The header of a table file: every declared column once, in order, with commas between them."""

from generator.problems.catalogue.tables import (
    HEADER_BLANK,
    HEADER_DUPLICATE,
    HEADER_MISSING,
    HEADER_ORDER,
    HEADER_UNKNOWN,
    HEADER_WIDE,
    SEPARATOR_WRONG,
)
from generator.problems.masking import HIDDEN, shown
from generator.problems.problem import Place, Problem, Words
from generator.problems.rule import near_names
from generator.records.package import Table
from generator.records.places import TableFile

_TOO_MANY = 20
"""Columns beyond the declared ones from which on they are counted instead of named."""
_SIGNS = {
    ";": Words("分号", "semicolons"),
    "\t": Words("制表符", "tabs"),
    "，": Words("全角逗号", "full-width commas"),
    "|": Words("竖线", "bars"),
}


def check_separator(text: str, path: str, table: Table) -> list[Problem]:
    """A header that is one of ours but for the sign between its columns."""
    first = text.split("\n", 1)[0]
    names = [field.name for field in table.schema.fields]
    for sign, words in _SIGNS.items():
        columns = [column.strip(' "') for column in first.split(sign)]
        if len(columns) > 1 and all(column in names for column in columns):
            place = Place(path, 1, first.index(sign) + 1)
            return [SEPARATOR_WRONG.at(place, sign_zh=words.zh, sign_en=words.en)]
    return []


def check_header(raw: TableFile, table: Table) -> list[Problem]:
    """Every declared column is there once, nothing else is, and in the declared order."""
    wanted = [field.name for field in table.schema.fields]
    if len(raw.header) > len(wanted) + _TOO_MANY:
        place, header = raw.header_place(len(wanted)), ",".join(wanted)
        found = len(raw.header)
        return [HEADER_WIDE.at(place, found=found, wanted=len(wanted), header=header)]
    titles = {field.title: (field.name,) for field in table.schema.fields}
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, column in enumerate(raw.header):
        place = raw.header_place(number)
        if not column:
            problems.append(HEADER_BLANK.at(place, number=number + 1))
        elif column in seen:
            problems.append(HEADER_DUPLICATE.at(place, column=_told(raw, table, column)))
        elif column not in wanted:
            near = titles.get(column, ()) or near_names(column, wanted)
            problems.append(
                HEADER_UNKNOWN.at(
                    place, near, column=_told(raw, table, column), schema=table.schema.path
                )
            )
        seen.add(column)
    problems += [
        HEADER_MISSING.at(raw.header_place(0), column=field.name, title=field.title)
        for field in table.schema.fields
        if field.name not in seen
    ]
    if not problems and raw.header != wanted:
        first = next(
            i for i, pair in enumerate(zip(raw.header, wanted, strict=True)) if len({*pair}) > 1
        )
        problems.append(
            HEADER_ORDER.at(
                raw.header_place(first), column=raw.header[first], header=",".join(wanted)
            )
        )
    return problems


def _told(raw: TableFile, table: Table, column: str) -> str:
    """A column name as written; without any known one beside it, it is taken for a value."""
    is_header = any(table.field(name) for name in raw.header)
    return shown(column) if is_header or not table.hidden else HIDDEN
