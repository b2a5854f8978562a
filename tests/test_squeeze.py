"""White space of templates goes, that of authors stays."""

import pytest

from generator.site.squeeze import squeezed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "<ul>\n\n    <li>\n   a  </li> \t\n</ul>", "<ul>\n<li>\na  </li>\n</ul>", id="tags"
        ),
        pytest.param("a\n  b", "a\nb", id="words-stay-apart"),
        pytest.param("a  b", "a  b", id="no-line-end"),
        pytest.param("<pre>\n  a\n\n b</pre>\n  c", "<pre>\n  a\n\n b</pre>\nc", id="pre"),
        pytest.param("<PRE\n>\n  a</PRE >\n  c", "<PRE\n>\n  a</PRE >\nc", id="upper-case"),
        pytest.param("<code>a\n  b</code>", "<code>a\n  b</code>", id="code-shows-it"),
        pytest.param("<script>\n  x;\n</script>", "<script>\n  x;\n</script>", id="script"),
        pytest.param("<predicate>\n  a", "<predicate>\na", id="another-element"),
        pytest.param("<pre>\n  never closed", "<pre>\nnever closed", id="unclosed"),
    ],
)
def test_only_indentation_goes(written: str, expected: str) -> None:
    assert squeezed(written) == expected
    assert squeezed(squeezed(written)) == squeezed(written)
