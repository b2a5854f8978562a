"""The privacy lint: no person in any table, text, file name or picture of the repository.

Every text below `content/` and `records/` is read line by line where `suspicion` finds a line
doubtful; what is found is shown masked. Numbers registered as contacts may stand anywhere.
"""

import io
import os
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from generator.cache.remembered import Form
from generator.cache.store import Store
from generator.disk import below, walk
from generator.files import OFFICE_FILES
from generator.problems.catalogue.privacy import (
    ACCOUNT,
    CARD,
    EMAIL,
    FILE_NAME,
    IDENTITY,
    MOBILE,
    MORE,
    NAME,
    OFFICE_FILE,
    PICTURE_DATA,
    PLATE,
    STUDENT,
    WORD,
)
from generator.problems.masking import mask, told_path
from generator.problems.personal import Hit, Personal, find_personal, fold
from generator.problems.problem import Place, Problem, Severity, Words
from generator.problems.rule import Rule
from generator.records.free_text import FreeText, check_schemas
from generator.records.pictures import PICTURES, hidden_in_drawing, hidden_in_picture
from generator.records.records import Records
from generator.records.suspicion import WORDS, doubtful_lines

_FOLDERS = ("content", "records")
_TEXTS = frozenset({".csv", ".tsv", ".md", ".yaml", ".yml", ".txt", ".json", ".svg"})
_RULES = {
    Personal.MOBILE: MOBILE,
    Personal.IDENTITY: IDENTITY,
    Personal.STUDENT: STUDENT,
    Personal.CARD: CARD,
    Personal.EMAIL: EMAIL,
    Personal.PLATE: PLATE,
    Personal.ACCOUNT: ACCOUNT,
    Personal.NAME: NAME,
}
_HOTLINE = re.compile("12[0-9]{3}|1[12][0-9]")
_FOUND = Form[tuple[Problem, ...]]("personal data", Problem, Place, Words, Severity)
_CAP = 1000
"""So many faults of a rule are told one by one in a file; the rest is counted."""


def check_privacy(
    root: Path, records: Records, contacts: Iterable[str], store: Store | None = None
) -> list[Problem]:
    """Report personal data, files that cannot be looked into, and columns nobody may ask.

    Args:
        root: the project root.
        records: the declared tables, to tell free text from codes.
        contacts: the registered numbers and addresses.
        store: where it is kept what a file was found to hold.
    """
    lint = _Lint(records, contacts, store or Store())
    problems = list(check_schemas(records.package))
    for path in _files(root):
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in OFFICE_FILES:
            problems.append(OFFICE_FILE.at(Place(path), kind=suffix, file=shlex.quote(path)))
        is_looked_into = suffix in PICTURES or suffix in _TEXTS or path in lint.tables
        problems += lint.file(root, path) if is_looked_into else lint.file_name(path)
    for table in records.package.tables.values():
        for path in table.paths if table.home else ():
            if table.home and (table.home / path).is_file():
                problems += lint.file(table.home, path)
    return problems


def _files(root: Path) -> Iterator[str]:
    """Every file of the two folders by path; links are refused elsewhere and not followed."""
    for folder in (root / name for name in _FOLDERS):
        for entry in walk(folder) if folder.is_dir() else ():
            if entry.is_file(follow_symlinks=False):
                yield below(root, entry)


def _picture(path: str, data: bytes) -> Iterator[Problem]:
    if path.lower().endswith(".svg"):
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        zh, en = "在绘图软件里另存为“普通 SVG”", "save it as plain SVG"
        for offset, what in hidden_in_drawing(text):
            before = text[:offset]
            place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
            yield PICTURE_DATA.at(place, what=what, remedy_zh=zh, remedy_en=en)
    found = hidden_in_picture(data)
    if found:
        zh = "截屏另存一张，或在图片的属性里选“删除属性和个人信息”"
        en = "save a screenshot instead, or remove its properties and personal information"
        yield PICTURE_DATA.at(Place(path), what="、".join(found), remedy_zh=zh, remedy_en=en)


class _Lint:
    """Looks for personal data in files; counts what it finds."""

    def __init__(self, records: Records, contacts: Iterable[str], store: Store) -> None:
        self._store = store
        self._contacts = {_bare(number) for number in contacts} - {""}
        self._known = "\0".join(sorted(self._contacts))
        declared = records.package.tables.values()
        self.tables = {path for table in declared for path in table.paths}
        tables = records.raw.tables.values()
        self._free = {
            path: FreeText(raw) for raw in tables if raw.files for path in raw.table.paths
        }

    def file(self, root: Path, path: str) -> tuple[Problem, ...]:
        """Personal data in a file and its name, what a picture hides, doubtful free text.

        It depends on the file, the registered contacts, and which columns are free.
        """
        with open(f"{root}{os.sep}{path}", "rb") as stream:  # noqa: PTH123 - by the thousand
            data = stream.read()
        free = repr(self._free.get(path)), str(path in self.tables)
        parts = os.fsencode(path), data, self._known, *free
        return _FOUND.of(self._store, parts, lambda: tuple(self._look(path, data)))

    def file_name(self, path: str) -> Iterator[Problem]:
        """Personal data in a path; the place names the file with its name masked."""
        hits = self._hits(path)
        if hits:
            told = told_path(path)
            values = "、".join(told[hit.start : hit.end] for hit in hits)
            yield FILE_NAME.at(Place(told), value=values)

    def _look(self, path: str, data: bytes) -> Iterator[Problem]:
        yield from self.file_name(path)
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in PICTURES:
            yield from _picture(path, data)
        if suffix in _TEXTS or path in self.tables:
            yield from self._text(path, data)

    def _text(self, path: str, data: bytes) -> list[Problem]:
        problems: list[Problem] = []
        counts: Counter[Rule] = Counter()
        for number, line in doubtful_lines(io.BytesIO(data)):
            told = [hit for hit in self._hits(line) if _counted(counts, _RULES[hit.kind])]
            masked = mask(line) if told else ""
            problems += [
                _RULES[hit.kind].at(
                    Place(path, number, hit.start + 1), value=masked[hit.start : hit.end]
                )
                for hit in told
            ]
            for match in WORDS.finditer(line) if path in self._free else ():
                problems += self._word(Place(path, number, match.start() + 1), match, counts)
        problems += [
            MORE.at(Place(path), rule=rule.name, more=count - _CAP)
            for rule, count in counts.items()
            if count > _CAP
        ]
        return problems

    def _word(self, place: Place, match: re.Match[str], counts: Counter[Rule]) -> Iterator[Problem]:
        field = self._free[place.file].field_at(place)
        if field is not None and _counted(counts, WORD):
            yield WORD.at(place, title=field.title, field=field.name, word=match.group())

    def _hits(self, text: str) -> list[Hit]:
        return [hit for hit in find_personal(text) if not self._registered(hit, text)]

    def _registered(self, hit: Hit, text: str) -> bool:
        """A registered contact, or a short number of the whole country."""
        bare = _bare(hit.digits or text[hit.start : hit.end])
        return bare in self._contacts or bool(_HOTLINE.fullmatch(bare))


def _counted(counts: Counter[Rule], rule: Rule) -> bool:
    """Count a fault; tell whether it is still to be told."""
    counts[rule] += 1
    return counts[rule] <= _CAP


def _bare(number: str) -> str:
    """A number without separators, or an address in small letters."""
    plain = fold(number).casefold()
    return plain.strip() if re.search("[a-z@]", plain) else re.sub("[^0-9]", "", plain)
