"""A command that finds everything as it was repeats what it said."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from generator.cache.runs import Runs, listing
from generator.cards.fonts import font_folders
from generator.history.commits import run_git
from generator.product import product_folder
from generator.project import find_root

if TYPE_CHECKING:
    from generator.ledger import Ledger

FINE = 0


def runs_of(root: Path, now: dt.datetime, *words: object) -> Runs:
    """The runs of a command with these words, in the project that holds `root`.

    Raises:
        UsageError: there is none.
    """
    home = find_root(root)
    commit = run_git(home, "rev-parse", "HEAD", "--is-shallow-repository")
    fonts = map(listing, font_folders())
    return Runs(home, product_folder(), now, [str(home), *map(str, words), *fonts], commit)


def repeated(said: str | None) -> bool:
    """Print what an equal run said, if there was one."""
    if said is not None:
        typer.echo(said, nl=False)
    return said is not None


def kept(runs: Runs, said: str, ledger: "Ledger", shown: str = "") -> int:
    """Keep what a run without errors said; it went well."""
    school = ledger.checked.project.school
    named = filter(None, (school.restricted, school.card_fonts))
    beside = [runs.root / folder for folder in named]
    runs.keep(ledger.checked.project.store, said, school.time_zone, beside, shown)
    return FINE
