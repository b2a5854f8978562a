"""What the code promises about itself: no school in it, short modules, a map that is true."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from generator.problems.catalogue import FAMILIES, all_rules
from generator.problems.rule import Rule
from generator.strict_yaml import Node, read_yaml

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "generator").rglob("*.py"))
TEMPLATES = sorted(file for file in (ROOT / "theme").rglob("*.html") if "assets" not in file.parts)
LONGEST_MODULE = 250
LONGEST_FUNCTION = 45
"""Lines from `def` to the last; the aim is 40."""
MOST_PARAMETERS = 5
GENERIC = {
    "a meaning that school.yaml binds to a table or column": (
        "roles documents level title duties building stair alternative night"
    ),
    "a column of the engine's own relations": (
        "term_id role_id doc_id clause_id category status version"
    ),
    "a column of evidence, with review_due of the relation plan_pages": "due_on review_due",
    "a key in the front matter of a procedure": (
        "owner_role commander_role deputy_role approved_on drills scenario basis"
    ),
    "a key of a schema, a rule or an indicator": "description floor",
    "a key of the JSON that other programs read": "severity",
    "a key of a source of law or an indicator": "checked_on",
    "a folder of the theme": "assets",
    "a word of Table Schema": "required",
    "a word of English or of HTML": "result scope month method",
    "a name space of OpenDocument": "office",
}
"""Names of the school that are also words of the engine, with the reason."""
EXAMPLES = {
    "generator/problems/catalogue/content.py": "3.2.1d",
    "generator/records/fields.py": "found_on",
    "generator/records/package.py": "hazards",
}
"""Names shown to readers as an example of how to write; nothing is compared with them."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(text: str, path: str) -> dict[str, Node]:
    node, problems = read_yaml(text, path)
    assert node is not None
    assert problems == []
    assert isinstance(node.value, dict)
    return node.value


def listed(node: Node) -> list[dict[str, Node]]:
    assert isinstance(node.value, list)
    return [entry.value for entry in node.value if isinstance(entry.value, dict)]


@cache
def declared_names() -> frozenset[str]:
    """Tables, columns and ids that the repository's own school declares."""
    records = ROOT / "records"
    package = nodes((records / "datapackage.yaml").read_text(encoding="utf-8"), "datapackage.yaml")
    found = {str(entry["name"].value) for entry in listed(package["resources"])}
    for file in sorted((records / "schemas").glob("*.yaml")):
        schema = nodes(file.read_text(encoding="utf-8"), file.name)
        found |= {str(field["name"].value) for field in listed(schema["fields"])}
    found = {name for name in found if len(name) >= 5 or "_" in name}
    for file in sorted((records / "indicators").glob("*.yaml")):
        found.add(str(nodes(file.read_text(encoding="utf-8"), file.name)["id"].value))
    for file in sorted((records / "rules").glob("*.yaml")):
        found |= set(re.findall(r"^- id: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE))
    for table in ("roles", "documents", "locations"):
        with (records / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            found |= {row[0] for row in csv.reader(stream)}
    for file in sorted((ROOT / "content/plan").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"^#{2,3} (\S+) ", text, re.MULTILINE))
    return frozenset(found)


def words_of(text: str) -> set[str]:
    """The names that could stand in a text: runs of letters, digits, `_`, `.` and `-`."""
    found = re.findall(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", text)
    return {word.rstrip(".-") for word in found}


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings of a module, without docstrings and the notes below attributes."""
    notes = {
        id(statement.value)
        for statement in ast.walk(tree)
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node


def names_in(path: Path, text: str) -> set[str]:
    """Names of the school in a text of a file, without those that are argued above."""
    argued = {word for words in GENERIC.values() for word in words.split()}
    return (words_of(text) & declared_names()) - argued - {EXAMPLES.get(name_of(path), "")}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_name_of_the_school_is_written_in_a_module(path: Path) -> None:
    found = {
        f"{node.lineno}: {name}"
        for node in literals(tree_of(path))
        for name in names_in(path, str(node.value))
    }
    assert sorted(found) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_name_of_the_school_is_written_in_a_template(path: Path) -> None:
    assert sorted(names_in(path, path.read_text(encoding="utf-8"))) == []


def test_every_name_that_is_let_through_is_one_that_the_school_declares() -> None:
    argued = {word for words in GENERIC.values() for word in words.split()}
    assert sorted((argued | set(EXAMPLES.values())) - declared_names()) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_is_short_and_takes_few_parameters(path: Path) -> None:
    """Each parameter of a command is an option that somebody types."""
    long = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            names = [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
            command = any("command(" in ast.unparse(mark) for mark in node.decorator_list)
            parameters = [] if command else [name for name in names if name not in {"self", "cls"}]
            if lines > LONGEST_FUNCTION or len(parameters) > MOST_PARAMETERS:
                long.append((node.name, lines, len(parameters)))
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


def test_outside_assets_the_theme_holds_templates_only() -> None:
    files = [file for file in (ROOT / "theme").rglob("*") if file.is_file()]
    others = [
        name_of(file)
        for file in files
        if file.suffix != ".html" and file.relative_to(ROOT / "theme").parts[0] != "assets"
    ]
    assert others == []


def test_the_code_map_lists_exactly_what_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## Code map")[1].split("\n## ")[0]
    listed_rooms = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    there = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "generator").iterdir()
        if not path.name.startswith("__")
    ]
    assert sorted(listed_rooms) == sorted(there)


def test_a_room_says_in_one_line_what_it_does() -> None:
    for file in sorted((ROOT / "generator").glob("*/__init__.py")):
        docstring = ast.get_docstring(tree_of(file)) or ""
        assert docstring, file
        assert len(docstring.splitlines()) == 1, file


def test_a_rule_of_the_catalogue_has_a_name_of_its_own() -> None:
    modules = [import_module(f"generator.problems.catalogue.{family}") for family in FAMILIES]
    rules = [v for module in modules for v in vars(module).values() if isinstance(v, Rule)]
    assert [name for name, count in Counter(rule.name for rule in rules).items() if count > 1] == []
    assert len(all_rules()) == len(rules)
