"""A question as search takes it, and how well a name answers it.

`theme/assets/js/search-text.js` does the same; a shared table of tests holds them together.
"""

import dataclasses
import functools
import re

from generator.search.folding import fold

SAME = 2000
"""The score of a name that is the question itself: nothing else outranks it."""
SURE = 1500
"""From here on a name answers, and between names that do the kind decides."""
LONGEST = 64
_SHORTEST = 2
_GAP = "\n"
"""Where a part was found; folded text has none."""
_MOST = 6
_CODES = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_MARKS = re.compile(r"[\s,;:!?、。·…~|\"'“”‘’《》〈〉「」『』【】()\[\]{}<>]+")
_EDGE = ".-/ "


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """What the editors declared: words that mean the same, words that ask and mean nothing."""

    same: tuple[tuple[str, ...], ...] = ()
    ignore: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question folded, and the pieces of it that carry the meaning."""

    whole: str
    pieces: tuple[str, ...]

    @property
    def core(self) -> str:
        """The pieces in one."""
        return "".join(self.pieces)


def ask(query: str, words: Words) -> list[Question]:
    """The question, then the same question in other words; empty when nothing was asked."""
    whole = fold(query)[:LONGEST]
    if not whole:
        return []
    spaced = " ".join(fold(word) for word in query.split())[:LONGEST]
    first = Question(whole, _pieces(spaced, words))
    found = [first]
    for group in words.same:
        member = next((m for m in sorted(group, key=len, reverse=True) if m in whole), "")
        for other in group if member else ():
            if other != member and len(found) < _MOST:
                text = spaced.replace(member, other)
                found.append(Question(whole.replace(member, other), _pieces(text, words)))
    return found


def _pieces(text: str, words: Words) -> tuple[str, ...]:
    """The text cut at marks and at words that only ask; all of it when nothing else is left."""
    bare = text
    for word in words.ignore:
        bare = bare.replace(word, " ")
    for form in (bare, text):
        pieces = tuple(filter(None, (piece.strip(_EDGE) for piece in _MARKS.split(form))))
        if pieces:
            return pieces
    return (text,)


def codes(question: Question) -> set[str]:
    """The codes written in a question, such as `3.2.1d`; what bears one stands above all."""
    return set(_CODES.findall(question.whole))


def score(questions: list[Question], name: str) -> int:
    """How well a folded name answers: 0 not at all, `SAME` when it is the question.

    A name with blanks holds parts that must all occur in the question, in any order; a part with
    bars is one of the words between them.
    """
    if not name:
        return 0
    scores = (
        _score(question, name) - 10 * turn
        for turn, question in enumerate(questions)
        if "|" in name or name[0] in question.whole or question.pieces[0] in name  # else it is 0
    )
    return max((0, *scores))


def _score(question: Question, name: str) -> int:
    core, length = question.core, len(question.core)
    bare = name.replace(" ", "")
    if {name, bare} & {question.whole, core}:
        return SAME
    covered = _cover(question.whole, name)
    if covered >= _SHORTEST:
        return 250 + 650 * min(covered, length) // length
    if "|" in name or length < _SHORTEST or any(piece not in name for piece in question.pieces):
        return 0
    if len(question.pieces) > 1 and length == len(bare):
        return SAME - 50
    return 400 + 500 * min(length, len(name)) // len(name)


@functools.cache
def _parts(name: str) -> tuple[tuple[str, ...], ...]:
    """What each part of a name may be, the longest first."""
    return tuple(tuple(sorted(part.split("|"), key=len, reverse=True)) for part in name.split(" "))


def _cover(whole: str, name: str) -> int:
    """How many characters of a text the parts of a name cover, each its own; 0 if one lacks."""
    left = whole
    for part in _parts(name):
        said = next((word for word in part if word in left), "")
        if not said:
            return 0
        left = left.replace(said, _GAP, 1)
    return len(whole) - len(left.replace(_GAP, ""))
