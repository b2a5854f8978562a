"""An action card as a value: everything that stands on it."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A number to dial and whose it is."""

    number: str
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One thing to do in a span of minutes, by whom; nobody named means everybody."""

    who: str
    what: str


@dataclasses.dataclass(frozen=True, slots=True)
class Minute:
    """What is done until a minute: the first sentence of each item of the procedure."""

    title: str
    lines: tuple[Line, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """A post and its task."""

    role: str
    task: str


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """Everything on a card; `address` is its page on the site, in full if that is declared."""

    id: str
    title: str
    school: str
    version: str
    summary: str
    first_minute: tuple[str, ...]
    minutes: tuple[Minute, ...]
    do_not: tuple[str, ...]
    tasks: tuple[Duty, ...]
    calls: tuple[Call, ...]
    verbal: str
    written: str
    report_to: tuple[Call, ...]
    script: str
    places: tuple[str, ...]
    commander: str
    deputy: str
    address: str
    has_site: bool
    foot: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """What must not be missing on paper: every number to dial, limits of time, the version."""
        calls = [call.number for call in (*self.calls, *self.report_to)]
        return (*calls, self.verbal, self.written, self.version)
