"""Pages that are only text, the list of reminders, the messages explained, the search page."""

import dataclasses
import json
from collections import defaultdict

from markupsafe import Markup

from generator.cache.store import key_of
from generator.plan.pages import FreePage
from generator.plan.synonyms import SYNONYMS_FILE
from generator.problems.catalogue import all_rules
from generator.problems.examples import message_examples
from generator.problems.problem import Place, Severity
from generator.records.fields import RESTRICTED
from generator.site.book import Book, Desk, page_path
from generator.site.environment import render
from generator.site.origins import origin
from generator.site.page import Page, SearchEntry
from generator.site.plain import plain
from generator.site.prose import split_sections
from generator.site.views.freshness import EntryRow, entry_rows


@dataclasses.dataclass(frozen=True, slots=True)
class TextPart:
    """One section of a text; the first may have no title."""

    title: str
    anchor: str
    text: Markup


@dataclasses.dataclass(frozen=True, slots=True)
class TextView:
    """A page of text."""

    title: str
    trail: list[tuple[str, str]]
    parts: list[TextPart]


@dataclasses.dataclass(frozen=True, slots=True)
class ProblemView:
    """One reminder."""

    place: str
    rule: str
    wrong: str
    fix: str


_UNTOLD = ProblemView(
    "",
    "",
    "这张表的提醒不在网站上列出，免得由此看出个案",
    "在项目文件夹里运行 safecampus check",
)


@dataclasses.dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All reminders of one file, under the title that readers know it by."""

    title: str
    anchor: str
    problems: list[ProblemView]


@dataclasses.dataclass(frozen=True, slots=True)
class QualityView:
    """All reminders by file, and when records came in."""

    groups: list[ProblemGroup]
    entries: list[EntryRow]
    late_days: int


@dataclasses.dataclass(frozen=True, slots=True)
class RuleView:
    """One kind of message."""

    name: str
    level: str
    wrong: str
    fix: str
    example: str


@dataclasses.dataclass(frozen=True, slots=True)
class MessagesView:
    """All kinds of messages."""

    rules: list[RuleView]


def text_pages(book: Book) -> list[Page]:
    """One page for each text."""
    return [_text_page(book, page) for page in book.ledger.checked.plan.pages]


def _text_page(book: Book, page: FreePage) -> Page:
    desk = Desk(book, page_path(page.path))
    trail = [("首页", "index.md")]
    folder, below, name = desk.path.partition("/")
    if below and name != "index.md":
        trail.append(book.file_titles.get(f"content/pages/{folder}/index.md", (folder, "")))
    key = key_of("text", book.spoken, page.path, page.title, page.body, repr(trail))
    store = book.ledger.checked.project.store
    told: list[str] = json.loads(store.remembered(key, lambda: _told(desk, page, trail)))
    markdown, words = told
    return Page(
        path=desk.path,
        title=page.title,
        kind="text",
        markdown=markdown,
        source=page.path,
        line=1,
        edition="public",
        inputs=(page.path, "content"),
        search=(SearchEntry("", "page", page.title, "", words, is_plain=True),),
        in_navigation=page.in_navigation,
    )


def _told(desk: Desk, page: FreePage, trail: list[tuple[str, str]]) -> bytes:
    """The Markdown of a page of text, and its words as readers see them."""
    parts = [
        TextPart(title, f"s{number}", desk.prose(text, page.path))
        for number, (title, text) in enumerate(split_sections(page.body))
    ]
    view = TextView(page.title, [*trail, (page.title, "")], parts)
    markdown = render("text.html", desk=desk, view=view)
    return json.dumps([markdown, plain(desk.words(page.body))], ensure_ascii=False).encode()


def quality_page(book: Book) -> Page:
    """The reminders of the last check."""
    desk = Desk(book, "quality.md")
    found = defaultdict(list)
    tables = book.ledger.checked.records.package.tables.values()
    hidden = {path for table in tables if table.sensitivity == RESTRICTED for path in table.paths}
    for problem in book.ledger.problems:
        if problem.place.file in hidden:
            found[problem.place.file] = [_UNTOLD]
        elif problem.severity is Severity.REMINDER:
            words = problem.wrong.zh, problem.fix.zh
            view = ProblemView(str(problem.place), problem.rule, *words)
            found[problem.place.file].append(view)
    groups = [
        ProblemGroup(book.file_titles.get(file, (file, ""))[0], f"q-{number}", problems)
        for number, (file, problems) in enumerate(found.items(), 1)
    ]
    quality = QualityView(groups, entry_rows(book), desk.house.late_entry_days)
    markdown = render("quality.html", desk=desk, view=quality)
    place = origin(entry.place for entry in book.ledger.problems)
    page = _generated(desk.path, "数据质量", markdown, "提醒 数据质量 迟了 缺了", place)
    return dataclasses.replace(page, edition="staff")


def messages_page(book: Book) -> Page:
    """Every kind of message with its remedy, declared rules included."""
    desk = Desk(book, "help/messages-by-name.md")
    rules = [
        RuleView(
            rule.name,
            _level(rule.severity),
            rule.wrong.zh,
            rule.fix.zh,
            message_examples().get(rule.name, ""),
        )
        for rule in all_rules().values()
    ]
    rules += [
        RuleView(rule.id, _level(rule.severity), rule.wrong.zh, rule.fix.zh, "")
        for rule in book.ledger.checked.rules
    ]
    markdown = render("messages.html", desk=desk, view=MessagesView(rules))
    text = "消息 报错 怎么改 " + " ".join(f"{rule.name} {rule.wrong}" for rule in rules)
    place = origin(rule.place for rule in book.ledger.checked.rules)
    page = _generated(desk.path, "逐条消息说明", markdown, text, place)
    return dataclasses.replace(page, edition="staff")


def search_page(book: Book) -> Page:
    """The page of search results."""
    desk = Desk(book, "search.md")
    words = book.ledger.checked.project.root / SYNONYMS_FILE
    place = origin([Place(SYNONYMS_FILE, 1)] if words.is_file() else [])
    page = _generated("search.md", "搜索", render("search.html", desk=desk), "", place)
    return dataclasses.replace(page, kind="search", hide=("navigation", "toc"), search=())


def _level(severity: Severity) -> str:
    return "错误" if severity is Severity.ERROR else "提醒"


def _generated(path: str, title: str, markdown: str, text: str, place: Place) -> Page:
    return Page(
        path=path,
        title=title,
        kind="text",
        markdown=markdown,
        source=place.file,
        line=place.line,
        edition="public",
        inputs=("records", "as_of"),
        search=(SearchEntry("", "page", title, "", text),),
    )
