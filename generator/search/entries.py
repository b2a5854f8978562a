"""What can be found, and the kinds of it in their order."""

import dataclasses

RECORD = "record"


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: the group it is shown in, and what the kind is worth between equals."""

    name: str
    group: str
    worth: int


KINDS = (
    Kind("procedure", "应急处置", 180),
    Kind("faq", "常见问题", 40),
    Kind("policy", "制度", 90),
    Kind("clause", "实施方案", 50),
    Kind("section", "实施方案", 30),
    Kind("plan", "实施方案", 30),
    Kind("indicator", "指标", 55),
    Kind("page", "页面", 35),
    Kind("term", "术语", 45),
    Kind("source", "法规依据", 30),
    Kind("table", "记录表", 40),
    Kind(RECORD, "记录", 0),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: a page or a part of it.

    `names` are the other words people use for it; a name with blanks holds parts that must all
    occur. `steps` are shown in the result itself: the first minute of an emergency.
    """

    doc: str
    kind: str
    title: str
    url: str
    text: str
    names: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def worth(kind: str) -> int:
    """What a kind is worth between equals."""
    return next((known.worth for known in KINDS if known.name == kind), 0)
