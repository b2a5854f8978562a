"""Hypothesis strategies: CSV text, personal numbers and YAML."""

import csv
import io
from typing import Any

import yaml
from hypothesis import strategies as st

CELL_TEXT = st.text(alphabet='ab,"\n 中文0-', max_size=8)
TABLES = st.lists(st.lists(CELL_TEXT, min_size=2, max_size=4), min_size=1, max_size=6)
CSV_LIKE = st.text(alphabet='a中,"\n', max_size=40)
PLAIN = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
SPLITS = st.sampled_from(["", " ", "-", ".", "\u3000", "\u00a0", "\u200b", "–"])


@st.composite
def written_tables(draw: st.DrawFn) -> tuple[list[list[str]], str]:
    """Rows and the CSV text that Python writes for them."""
    rows = draw(TABLES)
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return rows, target.getvalue()


@st.composite
def personal_numbers(draw: st.DrawFn) -> str:
    """A mobile or identity number, perhaps full-width or split up."""
    mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    identity = st.from_regex(r"[1-6][0-9]{16}[0-9Xx]", fullmatch=True)
    number = draw(st.one_of(mobile, identity))
    if draw(st.booleans()):
        number = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in number)
    return draw(SPLITS).join(number)


_SCALARS = st.text(alphabet="ab: #'\"\n[]{}-中|>&*!%@`~", min_size=1, max_size=12)
YAML_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_SCALARS, inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def yaml_texts(draw: st.DrawFn) -> tuple[Any, str]:
    """A nested value of text and YAML for it, in a style of PyYAML's choice."""
    value = draw(YAML_VALUES)
    style = draw(st.sampled_from([None, "'", '"', "|", ">"]))
    flow = draw(st.sampled_from([None, True, False]))
    text = yaml.dump(
        value,
        Dumper=_PlainDumper,
        default_style=style,
        default_flow_style=flow,
        allow_unicode=True,
        width=draw(st.sampled_from([20, 1000])),
    )
    return value, text


class _PlainDumper(yaml.SafeDumper):
    """Writes repeated values again instead of referring to the first."""

    def ignore_aliases(self, _data: object) -> bool:
        return True
