"""The documents promise what is there: commands, options, files, pages."""

import re
from pathlib import Path

import pytest
import typer

from generator.cli import app
from tests.browser.screenshots import SCHEMES, SHOWN_KINDS, WIDTHS
from tests.sample_site import ROOT, page_of, sample_ledger, sample_tree

READMES = ("README.md", "README.zh.md")
DOCUMENTS = (*READMES, "ARCHITECTURE.md", "CONTRIBUTING.md")
HELP = sorted((ROOT / "content/pages/help").glob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|toml|yml|yaml|lock|py|csv))`")
MADE = ("site/", "build/", ".venv/", "../", "theme/assets/vendor/")
"""What the tools make, and a folder that is spoken of with "if any"."""


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, list[str]]:
    """Every command with its long options."""
    group = typer.main.get_command(app)
    found: dict[str, list[str]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # it is a group
        options = [option for parameter in command.params for option in parameter.opts]
        found[name] = [option for option in options if option.startswith("--")]
    return found


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme_or_in_the_help_pages(name: str) -> None:
    text = text_of(name) + "".join(file.read_text(encoding="utf-8") for file in HELP)
    told = set(re.findall(r"safecampus (\w+)", text))
    told |= {"serve"} if "make serve" in text else set()
    assert set(commands()) <= told


def test_every_option_is_explained_by_the_help() -> None:
    group = typer.main.get_command(app)
    silent = [
        (name, parameter.name)
        for name, command in group.commands.items()  # type: ignore[attr-defined]  # it is a group
        for parameter in command.params
        if not parameter.help
    ]
    assert silent == []
    for command in group.commands.values():  # type: ignore[attr-defined]  # it is a group
        assert command.help.endswith("。")


@pytest.mark.parametrize("name", [*DOCUMENTS, *(str(file.relative_to(ROOT)) for file in HELP)])
def test_no_document_promises_a_command_or_option_that_does_not_exist(name: str) -> None:
    known = commands()
    for line in text_of(name).splitlines():
        match = re.search(r"\bsafecampus ([a-z]+)\b(.*)", line)
        if match is None or "`safecampus` " in line:
            continue
        assert match.group(1) in known, (name, line)
        for option in re.findall(r"--[a-z-]+", match.group(2)):
            assert option in [*known[match.group(1)], "--help"], (name, line)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_named_files_exist(name: str) -> None:
    text = text_of(name)
    folder = (ROOT / name).parent
    dead = [target for target in LINK.findall(text) if not (folder / target).exists()]
    assert dead == []
    named = [path for path in NAMED.findall(text) if not path.startswith(MADE)]
    bases = [ROOT / base for base in ("", "generator", "records", "tests", "theme")]
    missing = [path for path in named if not any((base / path).exists() for base in bases)]
    assert missing == [], name


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_every_picture_that_there_is(name: str) -> None:
    shown = set(re.findall(r'src="(docs/pictures/[^"]+)"', text_of(name)))
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/pictures").iterdir()}
    assert shown == there
    assert len(there) == len((*SHOWN_KINDS, "search")) * len(WIDTHS) * len(SCHEMES)


def test_every_declared_thing_has_a_place_on_the_site() -> None:
    tree, checked = sample_tree(), sample_ledger().checked
    paths = {page.path for page in tree.pages}
    assert {f"records/{name}.md" for name in checked.records.package.tables} <= paths
    assert {f"indicators/{indicator.id}.md" for indicator in checked.indicators} <= paths
    messages = page_of(tree, "help/messages-by-name.md").markdown
    assert [rule.id for rule in checked.rules if f"{{ #{rule.id} }}" not in messages] == []


def test_every_column_is_in_the_data_dictionary_of_its_table() -> None:
    for table in sample_ledger().checked.records.package.tables.values():
        markdown = page_of(sample_tree(), f"records/{table.name}.md").markdown
        dictionary = markdown.partition("数据字典")[2]
        for field in table.schema.fields:
            assert f"<code>{field.name}</code>" in dictionary, (table.name, field.name)
            assert field.title


@pytest.mark.parametrize("file", HELP, ids=[file.stem for file in HELP])
def test_help_names_only_what_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for word in ("拼音", "首字母", "下载成"):
        assert word not in text, word
    for target in LINK.findall(text):
        assert (file.parent / target).is_file(), target
    for path in re.findall(r"`(records/[\w/]+)`", text):
        assert (ROOT / path).exists(), path


def test_words_that_the_help_tells_to_search_for_find_a_procedure() -> None:
    text = text_of("content/pages/help/emergency.md")
    line = next(line for line in text.splitlines() if "也可以搜" in line)
    words = re.findall(r"`([^`]+)`", line)
    assert len(words) >= 3
    entries = [e for page in sample_tree().pages if page.kind == "procedure" for e in page.search]
    for word in words:
        assert any(word in f"{e.doc} {e.title} {e.text}" for e in entries), word
