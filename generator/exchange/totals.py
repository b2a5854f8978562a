"""Totals rows: compared with the rows above, then dropped."""

from collections.abc import Iterable
from decimal import Decimal

from generator.exchange.sheets import Cell, Sheet
from generator.exchange.values import fold, parse_number, plain, shown_decimal
from generator.problems.catalogue.exchange import TOTAL_MISMATCH
from generator.problems.masking import HIDDEN
from generator.problems.problem import Problem
from generator.records.import_maps import ImportMap
from generator.records.package import Table
from generator.records.schema import Field

_NUMERIC = {"integer", "number"}


class Tally:
    """Counts rows as they pass, since the last subtotal and over all."""

    def __init__(
        self, table: Table, header_map: ImportMap, sheet: Sheet, columns: dict[str, int]
    ) -> None:
        self._table = table
        self._sheet = sheet
        self._columns = columns
        self._words = {_bare(word): reach for word, reach in header_map.totals.items()}
        self._all: list[dict[str, str]] = []
        self._block: list[dict[str, str]] = []

    def is_total(self, label: str) -> bool:
        """Whether the first word of a row says that it is a total."""
        return _bare(label) in self._words

    def add(self, values: dict[str, str], cells: dict[str, Cell]) -> None:
        """Count one row; a cell that could not be read counts as it is written."""
        row = {name: values.get(name) or cell.text.strip() for name, cell in cells.items()}
        row = {name: value if cells[name].text.strip() else "" for name, value in row.items()}
        self._all.append(row)
        self._block.append(row)

    def check(self, row: int) -> list[Problem]:
        """Compare every number of a totals row with the rows it sums up."""
        cells = self._sheet.rows[row]
        label = next(cell.text.strip() for cell in cells if cell.text.strip())
        rows = self._all if self._words[_bare(label)] == "all" else self._block
        problems = []
        for field in self._table.schema.fields:
            if field.name not in self._columns:
                continue
            column = self._columns[field.name]
            text = plain(self._sheet.cell(row, column).text)
            stated = parse_number(text, field.unit)
            counted = _count(field, [entry[field.name] for entry in rows])
            if stated is not None and stated != counted:
                problems.append(
                    TOTAL_MISMATCH.at(
                        self._sheet.place(row, column), label=label, title=field.title,
                        value=self._told(field, stated), counted=self._told(field, counted),
                    )
                )  # fmt: skip
        self._block = []
        return problems

    def _told(self, field: Field, number: Decimal) -> str:
        return HIDDEN if field.name in self._table.hidden else shown_decimal(number)


def _bare(label: str) -> str:
    return fold(label).rstrip(":：")


def _count(field: Field, values: Iterable[str]) -> Decimal:
    """The sum of a column of numbers; how many are true, or filled in, of any other."""
    filled = [value for value in values if value]
    if field.type in _NUMERIC:
        numbers = (parse_number(plain(value), field.unit) for value in filled)
        return sum((number for number in numbers if number is not None), Decimal(0))
    if field.type == "boolean":
        return Decimal(filled.count("true"))
    return Decimal(len(filled))
