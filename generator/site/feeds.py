"""Calendar feeds (iCalendar): what is due, for every post and for the whole school.

The same input gives the same bytes: times are stamped with the day counted on, and a thing
keeps its identity when its day moves, so that a subscribed calendar moves the entry. A feed is
kept, since most edits change no day, and its library is loaded when one is written.
"""

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from generator.cache.store import key_of
from generator.site.book import Book, Desk
from generator.site.remembered import remembered_rows, silent
from generator.site.views.agenda import Entry, agenda
from generator.site.views.roles import feed_path

if TYPE_CHECKING:
    import icalendar


def feed_files(book: Book) -> dict[str, bytes]:
    """The feeds by path: one for all, one for each post, also for one that owes nothing."""
    told = remembered_rows(book, "feeds", lambda: list(_feeds(silent(book)).items()))
    return {path: text.encode() for path, text in told}


def _feeds(book: Book) -> dict[str, str]:
    desk = Desk(book, "calendar.md")
    entries = agenda(desk)
    by_role: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_role[entry.owner_id].append(entry)
    site = book.ledger.checked.project.school.site_name
    files = {feed_path(): _feed(book, site, entries)}
    for post in book.ledger.checked.bound.posts.values():
        files[feed_path(post.id)] = _feed(book, f"{site} {post.title}", by_role[post.id])
    return files


def _feed(book: Book, name: str, entries: list[Entry]) -> str:
    store = book.ledger.checked.project.store
    stamp = dt.datetime.combine(book.ledger.as_of, dt.time(), dt.UTC)
    key = key_of("feed", name, repr(entries), stamp.isoformat(), _realm(book))
    written = store.remembered(key, lambda: _written(name, entries, stamp, _realm(book)))
    return written.decode()


def _written(name: str, entries: list[Entry], stamp: dt.datetime, realm: str) -> bytes:
    import icalendar  # noqa: PLC0415

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Safe Campus//safecampus//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(" ".join(name.split())))
    seen: Counter[str] = Counter()
    for entry in entries:
        key = re.sub(r"[^\w.-]+", "-", entry.key)
        seen[key] += 1
        again = f"-{seen[key]}" if seen[key] > 1 else ""
        event = _event(entry)
        event.add("uid", f"{key}{again}@{realm}")
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> "icalendar.Event":
    """An all-day entry; it takes nobody's time."""
    import icalendar  # noqa: PLC0415

    event = icalendar.Event()
    event.add("summary", f"{entry.kind_word}：{entry.title}")
    event.add("dtstart", entry.day)
    event.add("dtend", entry.last + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [entry.kind_word])
    if entry.note:
        event.add("description", entry.note)
    return event


def _realm(book: Book) -> str:
    """A name for the school that is the same in every build and differs from other schools'."""
    name = book.ledger.checked.project.school.site_name
    return f"{hashlib.sha256(name.encode()).hexdigest()[:12]}.safecampus"
