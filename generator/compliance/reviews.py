"""Late reviews of procedures and policies: true but late, so a reminder."""

import datetime as dt
from collections.abc import Iterable

from generator.plan.policies import Policy
from generator.plan.procedures import Procedure
from generator.problems.catalogue.content import REVIEW_LATE
from generator.problems.problem import Problem


def late_reviews(pages: Iterable[Procedure | Policy], as_of: dt.date) -> list[Problem]:
    """One reminder for each page whose review day has passed."""
    return [
        REVIEW_LATE.at(page.place, due=page.review_due, days=(as_of - page.review_due).days)
        for page in pages
        if page.review_due is not None and page.review_due < as_of
    ]
