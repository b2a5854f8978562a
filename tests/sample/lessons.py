"""The safety lessons of the sample school: enough in most months, some gaps.

December 2025 was forgotten by the whole school; November 2026 is under way. Until September
2026 the short talk of each week was written down as half a lesson, since then no longer.
"""

import datetime as dt
from typing import NamedTuple

from tests.sample.class_list import GRADES, classes_of
from tests.sample.dice import below, between, chance, pick, shuffled
from tests.sample.rows import AS_OF, Row, day, numbered
from tests.sample.school_days import lesson_days, months

_TOPICS = {
    1: ("traffic", "fire", "anti_fraud", "food", "network", "first_aid"),
    3: ("law", "traffic", "anti_bullying", "mental", "food", "first_aid"),
    4: ("law", "drowning", "network", "earthquake", "anti_fraud", "general"),
    5: ("earthquake", "mental", "drowning", "weather", "fire", "first_aid"),
    6: ("drowning", "drug", "weather", "traffic", "food", "anti_fraud"),
    9: ("traffic", "anti_bullying", "fire", "food", "law", "mental"),
    10: ("earthquake", "network", "anti_fraud", "mental", "first_aid", "drug"),
    11: ("fire", "traffic", "anti_bullying", "first_aid", "food", "network"),
}
# Lessons that every class had on one day: topic, form, teacher, what was used.
_TOGETHER = {
    "2025-09-01": ("general", "class_meeting", "class_teacher", "开学第一课安全专题"),
    "2025-11-07": ("fire", "lecture", "firefighter", "消防日宣讲课件"),
    "2026-03-30": ("traffic", "lecture", "police", "安全教育日道路交通课件"),
    "2026-04-15": ("law", "lecture", "legal_vp", "国家安全教育日课件"),
    "2026-05-12": ("earthquake", "practice", "class_teacher", "防灾减灾日避险动作要领"),
    "2026-06-25": ("drowning", "class_meeting", "class_teacher", "暑假防溺水“六不”要求"),
    "2026-09-01": ("general", "class_meeting", "class_teacher", "开学第一课安全专题"),
    "2026-11-09": ("fire", "lecture", "firefighter", "消防日宣讲课件"),
}
_SPECIALISTS = {
    "law": ("legal_vp", "police"), "fire": ("class_teacher", "firefighter"),
    "mental": ("psychologist", "class_teacher"), "food": ("class_teacher", "doctor"),
    "first_aid": ("doctor", "subject_teacher"), "network": ("subject_teacher",),
    "drug": ("police", "class_teacher"), "traffic": ("class_teacher", "police"),
}  # fmt: skip
_FORMS = ("class_meeting", "class_meeting", "lesson", "lesson", "video", "practice")
_BRIEF = ("class_meeting", "class_meeting", "video")
_PLAN = {
    "fire": "EP01", "earthquake": "EP02", "food": "EP03", "traffic": "EP07", "drowning": "EP08",
    "weather": "EP09", "mental": "EP11", "anti_bullying": "EP13", "network": "ZD01",
    "first_aid": "EP17",
}  # fmt: skip
_NOUN = {
    "law": "法治教育", "fire": "消防安全", "traffic": "交通安全", "drowning": "防溺水",
    "food": "食品安全", "anti_bullying": "防欺凌", "mental": "心理健康", "network": "网络安全",
    "earthquake": "防震避险", "anti_fraud": "防诈骗", "drug": "禁毒", "weather": "防汛防雷",
    "first_aid": "急救", "general": "综合安全",
}  # fmt: skip
# Half periods that a class had in a month where it fell short.
_SHORT = {
    (2025, 10): {"2025-8-05": 3},
    (2025, 11): {"2025-9-02": 2, "2025-9-06": 3},
    (2026, 1): {"2025-9-01": 2, "2025-9-04": 3, "2025-9-07": 2},
    (2026, 4): {"2025-7-03": 3},
    (2026, 6): {"2025-9-03": 2, "2025-9-08": 2},
    (2026, 10): {"2026-8-03": 2, "2026-9-05": 2},
}
_FORGOTTEN = {(2025, 12)}
_TALKS_UNTIL = day("2026-09-30")
_TALK_TOPICS = ("general", "traffic", "food", "anti_bullying", "network", "weather")
_ENOUGH = 4
"""Half periods that a month asks of a class."""


class _Lesson(NamedTuple):
    taught_on: dt.date
    class_id: str
    halves: int
    topic: str
    form: str
    teacher: str
    material: str


def lesson_rows() -> list[Row]:
    """The rows of safety_lessons."""
    lessons = [one for year, month in months() for one in _month(year, month)]
    rows = [_row(one) for one in sorted(lessons)]
    return numbered(rows, "lesson_id", _series, 3)


def _series(row: Row) -> str:
    return f"SL-{str(row['taught_on']).replace('-', '')[:6]}"


def _month(year: int, month: int) -> list[_Lesson]:
    days = lesson_days(year, month)
    if (year, month) in _FORGOTTEN or month not in _TOPICS or not days:
        return []
    school_year = year if month >= 9 else year - 1
    if (year, month) == (2026, 6):
        days = [one for one in days if one <= day("2026-06-26")]
    names = classes_of(school_year)
    lessons = [one for name in names for one in _class_month(name, days)]
    taken = {(one.class_id, one.taught_on, one.topic) for one in lessons}
    short = _SHORT.get((year, month), {})
    talks = [_talk(name, date) for name in names if name not in short for date in _talk_days(days)]
    return lessons + [one for one in talks if (one.class_id, one.taught_on, one.topic) not in taken]


def _talk_days(days: list[dt.date]) -> list[dt.date]:
    """The first day of each week taught and the last day before a break of three days."""
    found = [
        date
        for before, date, after in zip([None, *days], days, [*days[1:], None], strict=False)
        if before is None
        or before.isocalendar().week != date.isocalendar().week
        or (after is not None and (after - date).days > 3)
    ]
    return [date for date in found if date <= _TALKS_UNTIL and str(date) not in _TOGETHER]


def _talk(class_id: str, date: dt.date) -> _Lesson:
    topic = pick(_TALK_TOPICS, "talk", class_id, date)
    return _Lesson(date, class_id, 1, topic, "class_meeting", "class_teacher", "一周安全提醒")


def _class_month(class_id: str, days: list[dt.date]) -> list[_Lesson]:
    """Lessons of one class until its wish for the month is met; a short month ends early."""
    first = days[0]
    wish = _SHORT.get((first.year, first.month), {}).get(class_id)
    limit = wish or _ENOUGH + below(5, "wish", class_id, first)
    if not wish and (first.year, first.month) == (AS_OF.year, AS_OF.month):
        limit = between(2, 5, "under way", class_id)
    lessons = [_together(class_id, one) for one in days if str(one) in _TOGETHER]
    halves = sum(one.halves for one in lessons)
    topics = shuffled(_TOPICS[first.month], class_id, first)
    free = [one for one in days if str(one) not in _TOGETHER]
    for topic, taught_on in zip(topics, shuffled(free, class_id, "days"), strict=False):
        if halves >= limit:
            break
        length = min(pick((1, 1, 1, 2), class_id, taught_on), limit - halves)
        lessons.append(_single(class_id, taught_on, topic, length))
        halves += length
    return lessons


def _together(class_id: str, taught_on: dt.date) -> _Lesson:
    topic, form, teacher, material = _TOGETHER[str(taught_on)]
    return _Lesson(taught_on, class_id, 2, topic, form, teacher, material)


def _single(class_id: str, taught_on: dt.date, topic: str, halves: int) -> _Lesson:
    key = (class_id, taught_on, topic)
    form = pick(_FORMS, "form", *key) if halves > 1 else pick(_BRIEF, "form", *key)
    teacher = pick(_SPECIALISTS.get(topic, ("class_teacher",)), "teacher", *key)
    return _Lesson(taught_on, class_id, halves, topic, form, teacher, _material(key))


def _material(key: tuple[str, dt.date, str]) -> str:
    class_id, taught_on, topic = key
    if chance(18, "none", *key):
        return ""
    grade = GRADES[int(class_id.split("-")[1])]
    chapter = between(1, 8, "chapter", class_id[:6], taught_on.month, topic)
    book = f"安全教育读本（{grade}年级）{_NOUN[topic]}第{chapter}课"
    return pick((book, book, f"{_NOUN[topic]}课件", f"{_NOUN[topic]}短片"), "material", *key)


def _row(one: _Lesson) -> Row:
    return {
        "class_id": one.class_id,
        "taught_on": one.taught_on,
        "periods": _periods(one.halves),
        "topic": one.topic,
        "form": one.form,
        "teacher_role": one.teacher,
        "material_ref": one.material or None,
        "plan_ref": _PLAN.get(one.topic) if chance(60, "plan", one.class_id, one.topic) else None,
    }


def _periods(halves: int) -> str:
    return str(halves // 2) if halves % 2 == 0 else f"{halves / 2:.1f}"
