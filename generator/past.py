"""What a ledger looks back on: published figures, when records came in, the last drills.

Only pages and the closing of a month ask; checking never does.
"""

import dataclasses
import datetime as dt

from generator.compliance.closing import month_figures
from generator.compliance.entered import Entries
from generator.compliance.figures import Context, Figure
from generator.compliance.practice import Practice, last_practices
from generator.compliance.published import Published, Sources, published_figures
from generator.ledger import Checked, Ledger


@dataclasses.dataclass(frozen=True, slots=True)
class Past:
    """Looked up once for all pages.

    `published` are the closed figures by indicator, newest month first; `practices` the last
    drill by procedure; `entries` tells how each record came in.
    """

    published: dict[str, tuple[Published, ...]]
    practices: dict[str, Practice]
    entries: Entries


def look_back(ledger: Ledger) -> Past:
    """Look back from the day of a ledger; months closed later than that day are left out."""
    checked = ledger.checked
    project, records = checked.project, checked.records
    closed = [month for month in checked.closed if month.last_day < ledger.as_of]
    sources = Sources(project.root, records.package, records.raw, checked.indicators)
    published = published_figures(closed, sources, lambda day: count_month(checked, day))
    checked.database.count_on(ledger.as_of)
    binding = project.school.bindings.get("drills")
    return Past(
        published,
        last_practices(binding, records.package, checked.plan.procedures, checked.database),
        Entries(project, checked.history, records, ledger.as_of),
    )


def count_month(checked: Checked, last_day: dt.date) -> dict[str, Figure]:
    """The figures of the month that ends on a day, with the records there are."""
    package, school = checked.records.package, checked.project.school.name
    context = Context(checked.database, package, checked.periods, last_day, school)
    return month_figures(checked.indicators, checked.evidence, context)
