"""Late reviews of procedures: true but late, so a reminder."""

import datetime as dt

from generator.plan.procedures import Procedure
from generator.problems.catalogue.content import REVIEW_LATE
from generator.problems.problem import Problem


def late_reviews(procedures: tuple[Procedure, ...], as_of: dt.date) -> list[Problem]:
    """One reminder for each procedure whose review day has passed."""
    return [
        REVIEW_LATE.at(
            procedure.place, due=procedure.review_due, days=(as_of - procedure.review_due).days
        )
        for procedure in procedures
        if procedure.review_due is not None and procedure.review_due < as_of
    ]
