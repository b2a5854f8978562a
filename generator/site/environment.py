"""Our own Jinja environment: strict, autoescaping, apart from the one MkDocs uses.

Templates in `theme/` are ours. Values enter as escaped HTML; a name that a template misspells
is an error, never an empty string.
"""

import datetime as dt
import functools
import re
from fractions import Fraction
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from generator.cache.store import key_of
from generator.compliance.declarations import number_text
from generator.compliance.status import NAMES, Status
from generator.product import product_folder
from generator.records.answers import Cell


def theme_folder() -> Path:
    """The product's theme."""
    return product_folder() / "theme"


@functools.cache
def theme_digest() -> bytes:
    """The digest of all templates and icons: what is rendered depends on them."""
    theme = theme_folder()
    files = sorted(file for file in theme.rglob("*") if file.suffix in {".html", ".svg"})
    names = [file.relative_to(theme).as_posix() for file in files]
    return key_of("theme", *names, *(file.read_bytes() for file in files))


@functools.cache
def environment() -> jinja2.Environment:
    """The environment with our filters; made once."""
    result = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    result.filters["day"] = day_text
    result.filters["heading"] = heading
    result.filters["percent"] = percent
    result.filters["number"] = number
    result.globals["icon"] = icon
    result.globals["status_word"] = status_word
    result.globals["statuses"] = list(Status)
    return result


def render(template: str, **values: object) -> str:
    """Render a template of `theme/pages/`; blank lines inside HTML blocks are closed up.

    Markdown would end an HTML block at a blank line followed by other text.
    """
    text = environment().get_template(f"pages/{template}").render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def render_part(template: str, view: object) -> str:
    """Render a template of `theme/components/` without blank lines, to stand inside a page."""
    text = environment().get_template(f"components/{template}").render(view=view)
    return "\n".join(filter(None, map(str.strip, text.splitlines()))) + "\n"


@functools.cache
def icon(name: str) -> Markup:
    """The inline SVG of an icon; the file of that name must exist."""
    file = theme_folder() / "assets" / "icons" / f"{name}.svg"
    if not file.is_file():
        file = theme_folder() / "assets" / "icons" / "alarm.svg"
    return Markup(" ".join(file.read_text(encoding="utf-8").split()))  # noqa: S704 - our own file


def forget_theme() -> None:
    """Read templates and icons anew from here on: somebody may have edited them."""
    for made in (environment, icon, theme_digest):
        made.cache_clear()


def status_word(status: Status) -> str:
    """The Chinese word of a status."""
    return NAMES[status].zh


def day_text(day: dt.date | None) -> str:
    """`2026-11-20`, or a dash."""
    return day.isoformat() if day else "—"


def heading(text: str) -> Markup:
    """Text that may stand in a Markdown heading, on one line: Markdown's marks become entities."""
    line = str(escape(" ".join(text.split())))
    marked = re.sub(r"[\\`*_{}\[\]#|~^=+:]", lambda match: f"&#{ord(match.group())};", line)
    return Markup(re.sub(r"&#38;(?=#?\w+;)", "&", marked))  # noqa: S704 - escaped above


def percent(value: Fraction) -> str:
    """A ratio as a percentage with one decimal, cut off and never rounded up."""
    tenths = int(value * 1000)
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def number(value: Fraction) -> str:
    """`2` or `1.5`."""
    return number_text(value)


def cell_text(value: Cell) -> str:
    """A typed cell as readers see it; a text stays as it was written."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    text = str(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text
