"""Which card hangs where, and in which version: `content/printed.yml`, kept by hand."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from generator.plan.names import Named
from generator.plan.register import Register, read_register, register_form
from generator.problems.problem import Place, Problem

PRINTED_FILE = "content/printed.yml"


@dataclasses.dataclass(frozen=True, slots=True)
class PrintedCopy:
    """A card on paper: its id and version, the place it hangs at, the day it was printed."""

    card: str
    version: str
    where: str
    printed_on: dt.date | None
    place: Place


_FORM = register_form(PRINTED_FILE, PrintedCopy)


def read_printed(root: Path) -> tuple[tuple[PrintedCopy, ...], list[Named], list[Problem]]:
    """Read the register; a school without one has nothing on its walls yet."""
    return read_register(root, PRINTED_FILE, _FORM, _copies)


def _copies(register: Register) -> Iterator[PrintedCopy]:
    names = register.names
    for entry in register.entries:
        copy = PrintedCopy(
            card=entry.text("card", required=True),
            version=entry.text("version", required=True),
            where=entry.text("place", required=True),
            printed_on=entry.date("printed_on", required=True),
            place=entry.node.place,
        )
        entry.close()
        names += [Named("document", copy.card, entry.place("card"))] if copy.card else []
        names += [Named("place", copy.where, entry.place("place"))] if copy.where else []
        yield copy
