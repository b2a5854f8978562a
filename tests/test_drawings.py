"""A drawing of the content runs nothing and loads nothing; what would is a fault with its place."""

import pytest

from generator.plan.drawings import check_drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
REFUSED = {
    "script": "<script>alert(1)</script>",
    "script in a name space of its own": '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
    "html": '<h:b xmlns:h="http://www.w3.org/1999/xhtml">a</h:b>',
    "foreign object": "<foreignObject><b/></foreignObject>",
    "handler": '<g onclick="alert(1)"/>',
    "handler in capitals": '<g OnLoad="alert(1)"/>',
    "link": '<a href="https://example.org"><path d=""/></a>',
    "outside picture": '<image xlink:href="https://example.org/a.png"/>',
    "outside use": '<use href="b.svg#a"/>',
    "svg in data": '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "script in data": '<use href="data:text/html,a"/>',
    "animation": '<set attributeName="href" to="javascript:alert(1)"/>',
    "style that imports": "<style>@import 'https://example.org/a.css';</style>",
    "style that loads": "<style>g{fill:url(https://example.org/a)}</style>",
    "attribute that loads": "<g style=\"fill:url( 'http://example.org')\"/>",
    "stylesheet": '<?xml-stylesheet href="a.css"?>',
    "depth": "<g>" * 100 + "</g>" * 100,
    "not closed": "<g>",
}
ALLOWED = {
    "shapes": '<g fill="red"><path d="M0 0"/><text x="1">出口</text></g>',
    "reference inside": '<g id="a"/><rect fill="url(#a)"/><use href="#a"/>',
    "quoted reference": """<rect fill="url( '#a')"/>""",
    "picture inside": '<image href="data:image/png;base64,iVBORw0KGgo="/>',
    "style": "<style>.a{fill:#f00}</style>",
    "what a program keeps": '<i:view xmlns:i="http://www.inkscape.org/x" i:a="1"/>',
}


@pytest.mark.parametrize("inner", REFUSED.values(), ids=REFUSED)
def test_what_runs_or_loads_is_refused_at_its_place(inner: str) -> None:
    (problem,) = check_drawing(f"{HEAD}\n{inner}\n</svg>".encode(), "content/plan/a.svg")
    assert problem.rule == "drawing-refused"
    assert problem.place.line in {2, 3}


@pytest.mark.parametrize("inner", ALLOWED.values(), ids=ALLOWED)
def test_shapes_and_text_are_published(inner: str) -> None:
    assert check_drawing(f"{HEAD}{inner}</svg>".encode(), "content/plan/a.svg") == []


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
    (problem,) = check_drawing(f"{bomb}{HEAD}&b;</svg>".encode(), "a.svg")
    assert "<!ENTITY>" in problem.wrong.zh


def test_a_huge_drawing_is_not_read() -> None:
    (problem,) = check_drawing(b" " * 2_000_001, "a.svg")
    assert problem.rule == "drawing-refused"
