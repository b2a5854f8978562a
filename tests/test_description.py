"""The sentence under the title in a preview of a link."""

import dataclasses

import pytest

from generator.site.description import LONGEST, description
from generator.site.page import SearchEntry
from generator.site.tree import page_meta
from tests.sample_site import page_of, sample_tree


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("看到明火，就用这一页。 大喊“着火了”", "看到明火，就用这一页。"),
        ("台账 登记表 隐患台账。", ""),
        ("依据见[校勘记](../errata.md)。", ""),
        ("没有句号", ""),
        (f"{'长' * LONGEST}。", ""),
    ],
)
def test_only_a_plain_first_sentence_is_told(text: str, told: str) -> None:
    page = page_of(sample_tree(), "procedures/EP01.md")
    other = dataclasses.replace(page, search=(SearchEntry("", "page", "甲", "", text),))
    assert description(other) == told
    assert page_meta(other).get("description", "") == told
    assert description(dataclasses.replace(page, search=())) == ""
