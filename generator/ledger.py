"""The spine: every command starts here.

`check_project` reads and checks everything that does not depend on the day; `count_ledger`
computes what was known and how far it was fulfilled on a day. Problems are collected, never
raised.
"""

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from generator.cache.remembered import remember
from generator.compliance.approvers import check_approvers
from generator.compliance.assessing import assess_all, open_indicator
from generator.compliance.bindings import Bound, read_bound, usable_bindings
from generator.compliance.calendar import Calendar, read_calendar
from generator.compliance.chart_files import ChartDeclaration
from generator.compliance.charted import usable_charts
from generator.compliance.clauses import ClauseState, clause_states
from generator.compliance.closed_files import ClosedMonth, read_closed
from generator.compliance.declarations import RELATIONS, Indicator
from generator.compliance.declared_queries import read_queries
from generator.compliance.evidence import Evidence
from generator.compliance.figures import Assessment, Context
from generator.compliance.names import Registry, check_names, collisions, registry_of
from generator.compliance.periods import Period, periods_of
from generator.compliance.relations import (
    ROW_CHANGES,
    change_relation,
    engine_relations,
    key_columns,
)
from generator.compliance.reviews import late_reviews
from generator.compliance.sayings import missed_sayings
from generator.compliance.status import Status
from generator.compliance.suspects import Suspicion, read_suspicion
from generator.compliance.unread import Unread, what_is_unread
from generator.files import with_sources
from generator.history.commits import History, read_history
from generator.history.rows import read_cell_changes
from generator.plan.plan import Plan, read_plan
from generator.problems.problem import Problem, Severity
from generator.project import Project
from generator.records.breaches import check_rules
from generator.records.database import Database
from generator.records.import_maps import ImportMap, read_maps
from generator.records.loading import Loader, Relation
from generator.records.privacy import check_privacy
from generator.records.records import Records, read_records
from generator.records.rules import RecordRule
from generator.records.strays import strays
from generator.records.veil import veil_of
from generator.samples import sample_left


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """Everything read and checked that does not depend on the day counted on."""

    project: Project
    records: Records
    plan: Plan
    history: History
    bound: Bound
    calendar: Calendar
    periods: dict[str, tuple[Period, ...]]
    rules: tuple[RecordRule, ...]
    indicators: tuple[Indicator, ...]
    evidence: dict[str, Evidence]
    """The evidence of the indicators that can be counted, by indicator."""
    registry: Registry
    maps: dict[str, ImportMap]
    """How the school's sheets name the columns of each table."""
    database: Database
    problems: tuple[Problem, ...]
    closed: tuple[ClosedMonth, ...]
    suspicion: Suspicion
    charts: tuple[ChartDeclaration, ...]
    """The charts that can be drawn."""

    def __enter__(self) -> Self:
        """Return itself; leaving closes the database."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database and write down what was found out."""
        self.database.close()
        self.project.store.close()


@dataclasses.dataclass(frozen=True, slots=True)
class Ledger:
    """The school on one day: indicators, clauses, documents, and all problems."""

    checked: Checked
    as_of: dt.date
    assessments: dict[str, Assessment]
    clauses: tuple[ClauseState, ...]
    problems: tuple[Problem, ...]

    @property
    def vetoes(self) -> tuple[Assessment, ...]:
        """The indicators with a veto that are missed: every other score is suspended."""
        found = self.assessments.values()
        return tuple(a for a in found if a.indicator.veto and a.status is Status.MISSED)

    @property
    def errors(self) -> int:
        """How many problems stop a build."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def check_project(project: Project, found: list[Problem]) -> Checked:
    """Read and check a project; `found` are the problems of its profile."""
    remember(project.store)
    loader = Loader(store=project.store)
    (records, record_faults), (plan, plan_faults), history = _read(project, loader)
    bindings, binding_faults = usable_bindings(project.school, records.package)
    calendar, calendar_faults = read_calendar(bindings.get("calendar"), records, loader)
    bound = read_bound(bindings, records, loader)
    periods = periods_of(calendar, project.school.house.teaching_month_days)
    asked = read_queries(project, records.package)
    for relation in engine_relations(plan, calendar):
        loader.add(relation)
    loader.add(_changes(project, history, records, loader, asked.relations))
    registry = registry_of(plan, records.package, asked.indicators, bound.titles())
    problems = [*found, *record_faults, *plan_faults, *binding_faults, *calendar_faults]
    problems += asked.problems
    unread = what_is_unread(project.school.bindings, bindings, records, plan, problems)
    problems += [*check_names([*plan.names, *asked.names], registry, unread.kinds)]
    problems += [*collisions(registry), *sample_left(project, records, plan)]
    closed, closed_faults = read_closed(project.root)
    suspicion, reminders = read_suspicion(project.root, plan, asked.indicators)
    contacts = (contact.number for contact in plan.contacts)
    maps, map_faults = read_maps(project, records.package, list(RELATIONS))
    problems += [*closed_faults, *reminders, *map_faults]
    problems += strays(project.root, records.package, record_faults)
    problems += check_privacy(project.root, records, contacts, project.store)
    problems += check_approvers(project.root, plan.documents, registry)
    database = loader.seal()
    problems += _broken(asked.rules, database, records, unread, project)
    evidence, evidence_faults = _open(asked.indicators, database, records, unread)
    charts, chart_faults = usable_charts(asked.charts, database, unread.relations)
    problems += [*evidence_faults, *chart_faults]
    return Checked(
        project, records, plan, history, bound, calendar, periods, asked.rules,
        asked.indicators, evidence, registry, maps, database, tuple(unread.spare(problems)),
        closed, suspicion, charts,
    )  # fmt: skip


def _read(
    project: Project, loader: Loader
) -> tuple[tuple[Records, list[Problem]], tuple[Plan, list[Problem]], History]:
    """Records, plan and history side by side: DuckDB and git work while Python reads pages."""
    with ThreadPoolExecutor(2) as aside:
        plan = aside.submit(read_plan, project)
        history = aside.submit(read_history, project.root)
        return read_records(project, loader), plan.result(), history.result()


def _changes(
    project: Project, history: History, records: Records, loader: Loader, asked: frozenset[str]
) -> Relation:
    """What git knows of changed cells, read only when a query asks; none after `as_of`."""
    keys = key_columns(records.package) if ROW_CHANGES in asked else {}
    changes = read_cell_changes(project.root, history, keys, project.today) if keys else ()
    known = [change for change in changes if change.day <= project.as_of]
    return change_relation(known, records, loader)


def _broken(
    rules: tuple[RecordRule, ...],
    database: Database,
    records: Records,
    unread: Unread,
    project: Project,
) -> list[Problem]:
    """Errors are judged on the day of the check, reminders of what is late on the day counted on.

    So the pages of a fixed `as_of` stay the same bytes on any later day.
    """
    days: dict[dt.date, list[RecordRule]] = {project.as_of: [], project.today: []}
    for rule in rules:
        is_late = rule.is_dated and rule.severity is Severity.REMINDER
        days[project.as_of if is_late else project.today].append(rule)
    problems: list[Problem] = []
    for day, asked in days.items():
        database.count_on(day)
        problems += check_rules(asked, database, records.raw, unread.relations)
    database.count_on(project.today)
    return sorted(problems)


def _open(
    indicators: tuple[Indicator, ...], database: Database, records: Records, unread: Unread
) -> tuple[dict[str, Evidence], list[Problem]]:
    """The evidence of every indicator that applies and whose relations could be read."""
    opened: dict[str, Evidence] = {}
    problems: list[Problem] = []
    spans = records.raw.spans
    for indicator in indicators:
        if indicator.applies and not unread.concerns(indicator):
            evidence, faults = open_indicator(indicator, database, records.package, spans)
            problems += faults
            if evidence is not None:
                opened[indicator.id] = evidence
    return opened, problems


def count_ledger(checked: Checked, as_of: dt.date, *, rows: bool = True) -> Ledger:
    """Count every indicator and clause as known on a day; `rows` as of `read_ledger`."""
    checked.database.count_on(as_of)
    school, package = checked.project.school.name, checked.records.package
    context = Context(checked.database, package, checked.periods, as_of, school, rows)
    assessments, faults = assess_all(checked.indicators, checked.evidence, context)
    problems = [*checked.problems, *faults]
    documents, house = checked.bound.documents, checked.project.school.house
    judged = checked.plan.clauses, assessments, documents, as_of, house.review_notice_days
    clauses = clause_states(*judged)
    problems += late_reviews(checked.plan.documents, as_of)
    problems += missed_sayings(checked.plan, checked.registry, checked.project.store)
    return Ledger(checked, as_of, assessments, clauses, tuple(sorted(set(problems))))


def read_ledger(project: Project, found: list[Problem], *, rows: bool = True) -> Ledger:
    """Check the project and count it on its day; problems carry the text of their lines.

    `found` are the problems of its profile; without `rows` no row behind a figure is fetched.
    """
    ledger = count_ledger(check_project(project, found), project.as_of, rows=rows)
    records = ledger.checked.records
    told = with_sources(project.root, ledger.problems, veil_of(records.package, records.raw))
    return dataclasses.replace(ledger, problems=told)
