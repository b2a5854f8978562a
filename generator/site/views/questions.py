"""What staff ask: the answers by heading, each question an entry of its own in the search."""

import dataclasses
from collections import defaultdict

from markupsafe import Markup

from generator.plan.questions import QUESTIONS_FILE, Question
from generator.site.book import Book, Desk
from generator.site.environment import render
from generator.site.page import Page, SearchEntry
from generator.site.views.items import Item, item


@dataclasses.dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its answer and where more stands."""

    ask: str
    anchor: str
    answer: Markup
    see: list[Item]
    line: int


@dataclasses.dataclass(frozen=True, slots=True)
class QuestionsView:
    """All questions by heading."""

    groups: list[tuple[str, str, list[QuestionView]]]


def questions_page(book: Book) -> list[Page]:
    """The page of questions; none when nobody has written any."""
    questions = book.ledger.checked.plan.questions
    if not questions:
        return []
    desk = Desk(book, "questions.md")
    groups: dict[str, list[QuestionView]] = defaultdict(list)
    entries = []
    for number, question in enumerate(questions, 1):
        view = _question(desk, question, f"q-{number}")
        groups[question.heading].append(view)
        text = desk.words(question.answer)
        entries.append(
            SearchEntry("", "faq", question.ask, view.anchor, text, tuple(question.also))
        )
    named = [(title, f"g-{n}", found) for n, (title, found) in enumerate(groups.items(), 1)]
    page = Page(
        path=desk.path,
        title="常见问题",
        kind="questions",
        markdown=render("questions.html", desk=desk, view=QuestionsView(named)),
        source=QUESTIONS_FILE,
        line=1,
        edition="public",
        inputs=("content", "records", "as_of"),
        search=(SearchEntry("", "page", "常见问题", "", "常见问题 怎么办 问答"), *entries),
    )
    return [page]


def _question(desk: Desk, question: Question, anchor: str) -> QuestionView:
    kinds = [(desk.ledger.checked.registry.kind_of(name), name) for name in question.see]
    return QuestionView(
        question.ask,
        anchor,
        desk.line(question.answer),
        [*_pages(desk, question), *(_named(desk, kind, name) for kind, name in kinds)],
        question.place.line,
    )


def _named(desk: Desk, kind: str, name: str) -> Item:
    """A table or post by its words alone, everything else with its id."""
    if kind in {"table", "role", "place", "contact"}:
        return Item(desk.book.title(kind, name), desk.to(kind, name))
    return item(desk, kind, name)


def _pages(desk: Desk, question: Question) -> list[Item]:
    found = [desk.book.file_titles[path] for path in question.pages]
    return [Item(title, desk.link(path)) for title, path in found]
