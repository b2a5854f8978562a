"""Indicators counted again by hand: plain Python over the cells, no SQL, nothing of the generator.

`Books` holds the tables as text, as known on a day: later rows are gone, later dates are blank.
Each function gives numerator and denominator, by period where the indicator has periods.
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
Tables: TypeAlias = dict[str, list[Row]]
Pair: TypeAlias = tuple[int, int]
Counted: TypeAlias = dict[str, Pair]
EVENTS = {
    "safety_lessons": "taught_on", "drills": "drill_on", "hazards": "found_on",
    "inspections": "inspected_on", "asset_checks": "checked_on", "canteen_days": "served_on",
    "staffing": "as_of_on", "surveys": "surveyed_on", "activities": "held_on",
    "monthly_ops": "month",
}  # fmt: skip
PAST = ("review_on", "rectified_on", "verified_on", "approved_on", "duty_signed_on")


class Books:
    """The tables as known on a day."""

    def __init__(self, tables: Tables, day: dt.date) -> None:
        self.today = day.isoformat()
        self.day = day
        self.tables = {name: self._known(name, rows) for name, rows in tables.items()}
        self.terms, self.years = spans(tables["school_calendar"])

    def _known(self, name: str, rows: list[Row]) -> list[Row]:
        event = EVENTS.get(name)
        width = 7 if event == "month" else 10
        kept = [row for row in rows if not event or row[event] <= self.today[:width]]
        blank = [key for key in PAST if name != "documents" and kept and key in kept[0]]
        return [row | {k: "" for k in blank if row[k] > self.today} for row in kept]

    def __getitem__(self, name: str) -> list[Row]:
        return self.tables[name]

    def alive(self, name: str, first: str = "", last: str = "") -> list[Row]:
        """Rows in force on some day from first to last."""
        first, last = first or self.today, last or self.today
        return [
            row
            for row in self[name]
            if row["valid_from"] <= last and (not row["valid_to"] or row["valid_to"] >= first)
        ]

    def begun(self, found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        return [span for span in found if span[1] <= self.today]


def spans(ranges: list[Row]) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Terms and school years: name, first, last day."""
    firsts: dict[str, str] = {}
    lasts: dict[str, str] = {}
    for entry in ranges:
        if entry["kind"] in {"teaching", "exam", "makeup_workday"}:
            term = entry["term_id"]
            firsts[term] = min(entry["start_on"], firsts.get(term, "9"))
            lasts[term] = max(entry["end_on"], lasts.get(term, ""))
    terms = [(term, firsts[term], lasts[term]) for term in sorted(firsts)]
    opened: dict[str, str] = {}
    for term, first, _ in terms:
        opened.setdefault(term[:9], first)
    names = sorted(opened)
    end = max(entry["end_on"] for entry in ranges)
    ends = [shift(opened[name], days=-1) for name in names[1:]] + [end]
    return terms, [(n, opened[n], e) for n, e in zip(names, ends, strict=True)]


def shift(day: str, *, days: int = 0, months: int = 0) -> str:
    """Days or whole months on; a month that is too short clamps."""
    found = dt.date.fromisoformat(day)
    year, month = divmod(found.year * 12 + found.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    moved = dt.date(year, month + 1, min(found.day, last)) + dt.timedelta(days=days)
    return moved.isoformat()


def name_of(day: str, found: list[tuple[str, str, str]]) -> str:
    return next((name for name, first, last in found if first <= day <= last), "")


def totals(rows: Iterable[tuple[str, int, int]]) -> Counted:
    """Sums by period; a period in which nothing counts is left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for period, part, whole in rows:
        sums[period][0] += part
        sums[period][1] += whole
    return {period: (n, d) for period, (n, d) in sums.items() if period and d}


def newest(rows: Iterable[Row], key: Callable[[Row], str], day: str) -> dict[str, Row]:
    """The newest row of every key."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row[day]):
        found[key(row)] = row
    return found


def classes_taught(books: Books) -> Counted:
    found = {}
    for name, first, last in books.begun(books.terms):
        taught = {r["class_id"] for r in books["safety_lessons"] if first <= r["taught_on"] <= last}
        alive = [row["class_id"] for row in books.alive("classes", first, last)]
        found[name] = (sum(one in taught for one in alive), len(alive))
    return found


def reviews(books: Books) -> Counted:
    rows = []
    for row in books["drills"]:
        late = shift(row["drill_on"], days=7)
        if row["review_on"] or late < books.today:
            good = bool(row["review_on"]) and row["review_on"] <= late
            rows.append((name_of(row["drill_on"], books.terms), int(good), 1))
    return totals(rows)


def independent(books: Books) -> Counted:
    return totals(
        (
            name_of(row["verified_on"], books.years),
            int(row["verifier_role"] not in {"", row["responsible_role"]}),
            1,
        )
        for row in books["hazards"]
        if row["verified_on"]
    )


def fire_checks(books: Books) -> Counted:
    checked = {r["inspected_on"][:7] for r in books["inspections"] if r["kind"] == "fire_monthly"}
    first = books.years[0][1][:7]
    found = {}
    while first <= books.today[:7]:
        found[first] = (int(first in checked), 1)
        first = shift(f"{first}-01", months=1)[:7]
    return found


def of_month(books: Books, *pairs: tuple[str, str]) -> Counted:
    return totals(
        (row["month"], sum(int(row[p]) for p, _ in pairs), sum(int(row[w]) for _, w in pairs))
        for row in books["monthly_ops"]
    )


def extinguishers(books: Books) -> Pair:
    first = {"water": 36}
    again = {"water": 12}
    life = {"water": 72, "co2": 144}
    checks = [row for row in books["asset_checks"] if row["kind"] == "monthly_check"]
    last = newest(checks, lambda row: row["asset_id"], "checked_on")
    done = [
        row
        for row in books["asset_checks"]
        if row["kind"] in {"service", "hydro_test"} and row["result"] != "fail"
    ]
    serviced = newest(done, lambda row: row["asset_id"], "checked_on")
    units = [row for row in books.alive("assets") if row["kind"] == "extinguisher"]
    good = 0
    for unit in units:
        name, agent, made = unit["asset_id"], unit["subtype"], unit["made_on"]
        check = last.get(name)
        looked = check is not None and check["result"] != "fail"
        looked = looked and shift(check["checked_on"], months=1) >= books.today if check else False
        if not agent or not made:
            continue
        due = shift(made, months=first.get(agent, 60))
        if name in serviced:
            due = max(due, shift(serviced[name]["checked_on"], months=again.get(agent, 24)))
        scrap = shift(made, months=life.get(agent, 120))
        good += looked and due >= books.today and scrap >= books.today
    return good, len(units)


def in_term(books: Books, kind: str, checks: dict[str, int]) -> Pair:
    """Things of a kind whose newest check of every sort is good for so many months."""
    things = [row["asset_id"] for row in books.alive("assets") if row["kind"] == kind]
    good = 0
    for name in things:
        own = [row for row in books["asset_checks"] if row["asset_id"] == name]
        last = newest(own, lambda row: row["kind"], "checked_on")
        good += all(
            sort in last
            and last[sort]["result"] != "fail"
            and shift(last[sort]["checked_on"], months=months) >= books.today
            for sort, months in checks.items()
        )
    return good, len(things)


def lightning(books: Books) -> Pair:
    danger = {
        row["location_id"]
        for row in books["locations"]
        if row["kind"] == "lab" and row["is_key"] == "true"
    }
    good = total = 0
    for thing in books.alive("assets"):
        if thing["kind"] == "lightning":
            months = 6 if thing["location_id"] in danger else 12
            own = [r for r in books["asset_checks"] if r["asset_id"] == thing["asset_id"]]
            tests = [row for row in own if row["kind"] == "lightning_test"]
            last = newest(tests, lambda row: row["kind"], "checked_on").get("lightning_test")
            good += (
                last is not None
                and last["result"] != "fail"
                and shift(last["checked_on"], months=months) >= books.today
            )
            total += 1
    return good, total


def lifts(books: Books) -> Pair:
    inspected = {1, 4, 7, 9, 11, 13, 15}
    good = total = 0
    for lift in books.alive("assets"):
        if lift["kind"] != "lift":
            continue
        total += 1
        base = f"{lift['base_month']}-01"
        number = 0
        while shift(shift(base, months=12 * (number + 1) + 1), days=-1) < books.today:
            number += 1
        if not number:
            good += 1
            continue
        due = shift(base, months=12 * number)
        thorough = number in inspected or number > 15
        sorts = {"periodic_inspection"} if thorough else {"periodic_inspection", "self_test"}
        opens = shift(due, months=-2 if thorough else -1)
        good += any(
            row["asset_id"] == lift["asset_id"]
            and row["kind"] in sorts
            and row["result"] != "fail"
            and opens <= row["checked_on"] < shift(due, months=10)
            for row in books["asset_checks"]
        )
    return good, total


def meals(books: Books) -> tuple[Counted, Counted]:
    """Samples and accompanied meals by month."""
    samples, accompanied = [], []
    for row in books["canteen_days"]:
        month = row["served_on"][:7]
        kept = int(row["min_sample_g"]) >= 125 and int(row["retention_hours"]) >= 48
        sampled = int(row["dishes_sampled"]) if kept else 0
        samples.append((month, sampled, int(row["dishes_served"])))
        accompanied.append((month, int(row["accompanied"] == "true"), 1))
    return totals(samples), totals(accompanied)


def cooks(books: Books) -> Pair:
    last = newest(books["staffing"], lambda row: row["post"], "as_of_on").get("cook")
    if last is None:
        return 0, 0
    certified, actual = int(last["certified"]), int(last["actual"])
    expired = bool(last["earliest_cert_expiry"]) and last["earliest_cert_expiry"] < books.today
    return certified - (1 if expired and certified else 0), actual


def surveys(books: Books) -> Counted:
    known: dict[tuple[str, str], Row] = {}
    for row in sorted(books["surveys"], key=lambda row: row["surveyed_on"]):
        known[name_of(row["surveyed_on"], books.years), row["audience"]] = row
    return totals(
        (year, int(row["n_satisfied"]), int(row["n_valid"])) for (year, _), row in known.items()
    )


def approvals(books: Books) -> Counted:
    return totals(
        (
            name_of(row["held_on"], books.years),
            int(bool(row["approved_on"]) and row["approved_on"] <= row["held_on"]),
            1,
        )
        for row in books["activities"]
        if row["approval_required"] == "true" and row["status"] == "done"
    )


def background(books: Books) -> Counted:
    known: dict[tuple[str, str], Row] = {}
    for row in sorted(books["staffing"], key=lambda row: row["as_of_on"]):
        known[row["as_of_on"][:4], row["post"]] = row
    return totals(
        (
            year,
            int(row["background_checked"]) if row["check_year"] == year else 0,
            int(row["actual"]),
        )
        for (year, _), row in known.items()
    )


def pupils(books: Books) -> int:
    return sum(int(row["enrolled"]) for row in books.alive("classes"))


def doctors(books: Books) -> Pair:
    last = newest(books["staffing"], lambda row: row["post"], "as_of_on").get("doctor")
    if last is None:
        return 0, 0
    number, all_pupils = int(last["actual"]), pupils(books)
    return (min(number * 600, all_pupils), all_pupils) if all_pupils >= 600 else (min(number, 1), 1)


def insured_days(books: Books) -> Pair:
    year = name_of(books.today, books.years)
    policies = [r for r in books["insurance_policies"] if r["kind"] == "school_liability"]
    _, first, last = next(span for span in books.years if span[0] == year)
    covered = total = 0
    while first <= last:
        total += 1
        covered += any(row["starts_on"] <= first <= row["ends_on"] for row in policies)
        first = shift(first, days=1)
    return (covered, total) if covered else (0, 0)


def recount(tables: Tables, day: dt.date) -> dict[str, Counted | Pair]:
    """Every indicator counted here, by its id."""
    books = Books(tables, day)
    samples, accompanied = meals(books)
    night = ("night_patrols_done", "night_patrols_required")
    return {
        "I02": classes_taught(books),
        "I07": reviews(books),
        "I10": independent(books),
        "I11": fire_checks(books),
        "I12": of_month(books, ("patrol_days_done", "patrol_days_required"), night),
        "I13": extinguishers(books),
        "I14": in_term(books, "fire_alarm", {"annual_test": 12}),
        "I15": lifts(books),
        "I16": lightning(books),
        "I17": in_term(books, "school_bus", {"vehicle_inspection": 6, "driver_review": 12}),
        "I18": samples,
        "I19": accompanied,
        "I20": cooks(books),
        "I25": surveys(books),
        "I33": of_month(books, ("reports_on_time", "reports_due")),
        "I37": approvals(books),
        "I38": insured_days(books),
        "I42": background(books),
        "I43": doctors(books),
    }
