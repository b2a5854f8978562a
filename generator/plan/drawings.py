"""What an SVG of the content may hold: shapes and text, nothing that runs or loads.

A drawing is published as it is, so whatever may not stand in it is a fault with its place.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.parsers import expat

from generator.problems.catalogue.content import DRAWING
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem

_LARGEST = 2_000_000
_DEEPEST = 60
_ELEMENTS = frozenset(
    """
    svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
    textPath marker pattern clipPath mask linearGradient radialGradient stop image filter
    feGaussianBlur feOffset feBlend feColorMatrix feMerge feMergeNode feFlood feComposite
    style switch metadata
    """.split()  # noqa: SIM905 - a list of words reads better so
)
_OWN = frozenset({"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", ""})
"""Name spaces that browsers draw; others a drawing program keeps for itself."""
_LINKS = frozenset({"href", "src"})
_INSIDE = re.compile(r"#[^\s]*|data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=\s]*")
_LOADS = re.compile(
    r"@import|expression\s*\(|javascript:|url\(\s*['\"]?(?!['\"#\s])", re.IGNORECASE
)


class _RefusedError(Exception):
    """What is read no further."""


def check_drawings(root: Path, paths: Iterable[str]) -> list[Problem]:
    """What may not be published in the drawings among the pictures of the content."""
    drawings = [path for path in paths if path.lower().endswith(".svg")]
    return [p for path in drawings for p in check_drawing((root / path).read_bytes(), path)]


def check_drawing(data: bytes, path: str) -> list[Problem]:
    """The first thing in a drawing that may not be published; nothing where all is well."""
    reader = _Reader(path)
    if len(data) > _LARGEST:
        return [DRAWING.at(Place(path), what=f"{len(data)} > {_LARGEST} 字节 (bytes)")]
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - the interface of expat
    except _RefusedError:
        return reader.problems
    except expat.ExpatError as error:
        place = Place(path, error.lineno, error.offset + 1)
        return [DRAWING.at(place, what=f"不是完整的 XML (not well-formed: {error.code})")]
    return reader.problems


class _Reader:
    """Follows the elements of a drawing and stops at the first that is refused."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self._path = path
        self._open: list[str] = []
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = lambda *_: self._refuse("<!ENTITY>")
        self.parser.ProcessingInstructionHandler = lambda target, _: self._refuse(f"<?{target}?>")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._open.append(local)
        if space in _OWN and (local not in _ELEMENTS or space.endswith("xhtml")):
            self._refuse(f"<{local}>")
        if len(self._open) > _DEEPEST:
            self._refuse(f"{_DEEPEST} 层以上 (nested too deeply)")
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _attribute(self, key: str, value: str) -> None:
        link = key.lower() in _LINKS and not _INSIDE.fullmatch(value.strip())
        if key.lower().startswith("on") or link or _LOADS.search(value):
            self._refuse(f"{key}={value}")

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open[-1:] == ["style"] and _LOADS.search(text):
            self._refuse(text.strip())

    def _refuse(self, what: str) -> None:
        place = Place(
            self._path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        )
        self.problems.append(DRAWING.at(place, what=shown(what)))
        raise _RefusedError
