"""Posts required and filled in the sample school, counted once a term; some gaps remain."""

from tests.sample.rows import Cell, Row, day, from_lines

_COLUMNS = (
    "post as_of_on required basis actual certified earliest_cert_expiry background_checked"
    " check_year term_end"
)
_DAYS = ("2025-09-10", "2026-03-06", "2026-09-09")
_HOUSE = "校内约定"
# post, required, basis, then for each day: actual, with certificate, checked; earliest expiries
_POSTS: tuple[tuple[str, int, str, str, tuple[str, str, str]], ...] = (
    ("safety_head", 1, "R03", "1/1/1 1/1/1 1/1/1", ("", "", "")),
    ("safety_officer", 2, "R03", "2/2/2 2/2/2 2/2/2", ("", "", "")),
    ("guard", 6, "R20", "6/6/6 5/5/5 6/6/6", ("2026-05-31", "2027-05-31", "2027-05-31")),
    ("dorm_manager", 6, _HOUSE, "6/6/6 6/6/6 6/6/6", ("", "", "")),
    ("doctor", 2, "R36", "2/2/2 2/2/2 2/2/2", ("", "", "")),
    ("psychologist", 1, "R26", "1/1/1 1/1/1 1/1/1", ("", "", "")),
    ("legal_vp", 1, "R27", "1/1/1 1/1/1 1/1/1", ("", "", "")),
    ("legal_counsel", 1, _HOUSE, "1/1/1 1/1/1 0/0/0", ("", "", "")),
    ("food_director", 1, "R14", "1/1/1 1/1/1 1/1/1", ("2026-12-18", "2026-12-18", "2026-12-18")),
    ("food_officer", 2, "R14", "2/2/2 2/2/2 2/2/2", ("2027-01-09", "2027-01-09", "2027-01-09")),
    ("cook", 20, "R13", "21/21/21 20/20/20 21/21/21", ("2026-03-02", "2026-08-24", "2026-12-12")),
    ("control_room_operator", 6, "R07", "4/4/4 5/5/5 5/4/5", ("", "", "")),
    ("electrician", 2, _HOUSE, "2/2/2 2/2/2 2/2/2", ("2026-12-05", "2026-12-05", "2026-12-05")),
    ("bus_attendant", 4, "R15", "4/4/4 4/4/4 4/4/4", ("", "", "")),
    ("bus_driver", 4, "R15", "4/4/4 4/4/4 4/4/4", ("2027-04-17", "2027-04-17", "2027-04-17")),
    ("info_officer", 1, _HOUSE, "1/1/1 1/1/1 1/1/1", ("", "", "")),
)
_TERM_END = {"legal_vp": "2027-08-31", "legal_counsel": "2026-08-31"}


def staffing_rows() -> list[Row]:
    """The rows of staffing, in the order of their key."""
    rows = from_lines(
        _COLUMNS,
        [
            _line(post, index, (required, basis, counts, expiries))
            for post, required, basis, counts, expiries in _POSTS
            for index in range(len(_DAYS))
        ],
    )
    return sorted(rows, key=lambda row: (str(row["post"]), str(row["as_of_on"])))


def _line(post: str, index: int, facts: tuple[int, str, str, tuple[str, str, str]]) -> list[Cell]:
    required, basis, counts, expiries = facts
    actual, certified, checked = (int(part) for part in counts.split()[index].split("/"))
    expiry = day(expiries[index]) if expiries[index] else ""
    term_end = day(_TERM_END[post]) if post in _TERM_END and actual else ""
    counted_on = day(_DAYS[index])
    return [
        post, counted_on, required, basis, actual, certified, expiry, checked, counted_on.year,
        term_end,
    ]  # fmt: skip
