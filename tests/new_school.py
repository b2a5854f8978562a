"""A new school's first day: what `safecampus new` leaves open, and how a person fills it in."""

import re
from pathlib import Path

NAME = "某区第一中学"
SHORT = "一中"
OPEN = {
    "content/contacts.yml": 10,
    **{
        f"content/procedures/{name}.md": 1
        for name in (
            "EP01-fire",
            "EP02-earthquake",
            "EP03-food-poisoning",
            "EP04-infectious",
            "EP05-intrusion",
            "EP06-crowd",
            "EP07-traffic",
            "EP08-drowning",
            "EP09-weather",
            "EP10-chemical",
            "EP11-crisis",
            "EP12-missing",
            "EP13-bullying",
            "EP14-utility",
            "EP15-network",
            "EP16-protection",
            "EP17-illness",
            "EP19-building",
            "EP20-exam",
        )
    },
    "records/school.yaml": 5,
    "records/tables/locations.csv": 2,
}
ANSWERS = (
    ("座机号码", "023-6000-0000"),
    ("学校地址", "某区学府路8号"),
    ("kindergarten、primary、junior 或 senior", "junior"),
    ("true 或 false", "true"),
    ("主集合点", "东操场"),
    ("备用集合点", "停车场"),
)


def fill_in(root: Path) -> None:
    """Answer every question that the new school's files ask."""
    for path in OPEN:
        file = root / path
        text = file.read_text(encoding="utf-8")
        for asked, answer in ANSWERS:
            text = text.replace(f"〔待填：{asked}〕", answer)
        file.write_text(text, encoding="utf-8", newline="\n")


def left_open(root: Path) -> dict[str, int]:
    """How many lines of each file still ask something."""
    counts = {}
    for file in sorted([*root.glob("content/**/*"), *root.glob("records/**/*")]):
        if file.is_file() and file.suffix != ".png":
            lines = file.read_text(encoding="utf-8").split("\n")
            asking = sum(bool(re.search("〔待填", line)) for line in lines)
            if asking:
                counts[file.relative_to(root).as_posix()] = asking
    return counts
