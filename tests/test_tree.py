"""Everything a site is made of, before any builder sees it."""

import dataclasses

from generator.site.assets import hashed
from generator.site.tree import page_text, plan_tree
from generator.strict_yaml import read_yaml
from tests.conftest import GOOD, Check
from tests.sample_site import page_of, sample_ledger, sample_tree


def test_planning_twice_gives_the_same_tree() -> None:
    assert plan_tree(sample_ledger()) == sample_tree()


def test_the_facts_the_theme_asks_for() -> None:
    facts = sample_tree().facts
    assert set(facts) == {
        "css", "js", "search_index", "search_offline", "search", "urgent", "as_of", "sample",
        "address", "school", "calls", "links", "manifest", "icon",
    }  # fmt: skip
    assert facts["as_of"] == "2026-11-20"
    assert facts["sample"] is True
    assert facts["search"] == "search/"
    calls = facts["calls"]
    assert isinstance(calls, list)
    assert [call["number"] for call in calls] == ["110", "119", "120"]
    links = facts["links"]
    assert isinstance(links, list)
    assert {link["url"] for link in links} == {"privacy/", "help/"}


def test_front_matter_is_plain_yaml_with_an_escaped_title() -> None:
    page = page_of(sample_tree(), "index.md")
    odd = dataclasses.replace(page, title="<b>: \"x\" & 'y'", markdown="# a\n")
    text = page_text(odd)
    head, _, body = text.removeprefix("---\n").partition("---\n")
    node, problems = read_yaml(head, "x.md")
    assert problems == []
    assert node is not None
    assert isinstance(node.value, dict)
    values = {str(key): entry.value for key, entry in node.value.items()}
    assert values["title"] == "&lt;b&gt;: &quot;x&quot; &amp; &#x27;y&#x27;"
    assert values["kind"] == "home"
    assert body == "\n# a\n"
    assert "hide:" in text
    assert "hide:" not in page_text(page_of(sample_tree(), "due.md"))


def test_a_picture_has_a_hashed_name_and_its_bytes(check: Check) -> None:
    picture = b"\x89PNG\r\n\x1a\n"
    page = "---\ntitle: 图\norder: 9\n---\n\n![图](a.png)\n"
    ledger = check({"content/pages/a.png": picture, "content/pages/pictures.md": page})
    assert ledger.errors == 0
    tree = plan_tree(ledger)
    found = {path: data for path, data in tree.files.items() if data == picture}
    assert list(found) == [hashed("pages/a.png", picture)]
    shown = page_of(tree, "pictures.md").markdown
    assert f'src="../{next(iter(found))}"' in shown


def test_a_small_school_has_no_links_to_texts_it_did_not_write(check: Check) -> None:
    tree = plan_tree(check())
    links = tree.facts["links"]
    assert isinstance(links, list)
    assert [link["url"] for link in links] == ["privacy/"]
    for page in tree.pages:
        assert "errata" not in page.markdown
        assert "read-status" not in page.markdown
    assert GOOD.is_dir()


def test_the_edition_is_told(check: Check) -> None:
    assert b'"edition": "public"' in plan_tree(check(), "public").files["api/build.json"]
