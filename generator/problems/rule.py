"""A named kind of fault: its severity and its wording in two languages."""

import difflib
import string
from collections.abc import Iterable
from dataclasses import dataclass

from generator.problems.masking import mask
from generator.problems.problem import NO_WORDS, Place, Problem, Severity, Words

_NEAR = 3
_MANY = 1000
_LONG = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue; `at` makes a problem of it.

    Its name is a word, the anchor of the help page and the folder of its test cases.
    """

    name: str
    wrong: Words
    fix: Words
    severity: Severity = Severity.ERROR

    def at(
        self,
        place: Place,
        /,
        near: tuple[str, ...] = (),
        ground: Words = NO_WORDS,
        **facts: object,
    ) -> Problem:
        """Return the problem at `place`; `facts` fill the braces of the wording.

        Facts and near names are masked here, so that no rendering can show personal numbers.

        Raises:
            KeyError: a fact that the wording asks for is missing.
            TypeError: a fact is given that no sentence of the rule uses.
        """
        unused = set(facts) - self.facts
        if unused:
            message = f"rule {self.name} does not use {sorted(unused)}"
            raise TypeError(message)
        masked = {name: mask(str(value)) for name, value in facts.items()}
        return Problem(
            place,
            self.name,
            self.severity,
            fill(self.wrong, masked),
            fill(self.fix, masked),
            tuple(mask(name) for name in near),
            ground,
        )

    @property
    def facts(self) -> frozenset[str]:
        """Names of all facts that the wording asks for."""
        texts = (self.wrong.zh, self.wrong.en, self.fix.zh, self.fix.en)
        return frozenset(name for text in texts for name in names_in(text))


def names_in(text: str) -> tuple[str, ...]:
    """The names in braces that `text` asks for, in order."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name)


def fill(words: Words, facts: dict[str, str]) -> Words:
    """Put the facts into both sentences."""
    return Words(words.zh.format_map(facts), words.en.format_map(facts))


def near_names(wanted: str, known: Iterable[str], likeness: float = 0.6) -> tuple[str, ...]:
    """Up to three known names that look like the one written.

    Comparing is slow, so among very many names only those that begin alike count.
    """
    names = sorted(set(known))
    if len(names) > _MANY:
        names = [name for name in names if name[:2] == wanted[:2]][:_MANY]
    return tuple(difflib.get_close_matches(wanted[:_LONG], names, n=_NEAR, cutoff=likeness))
