"""Whatever is edited, in whatever order: a build that remembers gives the bytes of a clean one.

The school is edited step by step while its answers stay; after each step the site is built once
with them and once without, and both are compared file by file. Now and then the answers are lost,
cut off, spoilt or those of another version.
"""

import dataclasses
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cache import store as cache
from generator.cache.runs import Runs
from generator.cache.store import FILE, Store
from generator.cards.deck import with_cards
from generator.ledger import read_ledger
from generator.product import product_folder
from generator.project import read_project
from generator.site import environment as own_environment
from generator.site.mkdocs_run import build_tree
from generator.site.tree import plan_tree
from generator.site.verify import verify_site
from tests.conftest import GOOD, NOW
from tests.sample_site import ROOT

PAGE = "---\ntitle: 第{0}页\nnav: true\norder: {0}\n---\n\n## 一节\n\n见[隐私](privacy.md)。\n"
Dice = random.Random
_BUILT = 10
"""After so many of all edits at least the school is still sound."""


def texts(root: Path) -> list[Path]:
    return sorted((root / "content/pages").rglob("*.md"))


def change(file: Path, pattern: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def edit_text(root: Path, dice: Dice) -> None:
    file = dice.choice(sorted((root / "content").rglob("*.md")))
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n再写第 {dice.randrange(1000)} 句。\n", encoding="utf-8")


def edit_title(root: Path, dice: Dice) -> None:
    """A title that other pages show."""
    file = dice.choice(sorted((root / "content").rglob("*.md")))
    change(file, r"^title: *(.*?)[甲乙丙]?$", rf"title: \g<1>{dice.choice('甲乙丙')}")


def edit_duty(root: Path, dice: Dice) -> None:
    """Words of a clause that the pages of its indicators show."""
    file = dice.choice(sorted((root / "content/plan").glob("*.md")))
    change(file, r"^duty: *(.*?)[甲乙丙]?$", rf"duty: \g<1>{dice.choice('甲乙丙')}")


def edit_register(root: Path, dice: Dice) -> None:
    file = dice.choice(sorted((root / "content").glob("*.yml")))
    change(file, r"(title|name|note): *([^,}\n]+)", rf"\g<1>: \g<2>{dice.choice('甲乙丙')}")


def edit_heading(root: Path, dice: Dice) -> None:
    change(dice.choice(texts(root)), r"^## .+$", f"## 第 {dice.randrange(9)} 节")


def add_page(root: Path, dice: Dice) -> None:
    number = dice.randrange(9)
    folder = root / "content/pages" / dice.choice(("", "ward"))
    folder.mkdir(exist_ok=True)
    link = "../privacy.md" if folder.name == "ward" else "privacy.md"
    text = PAGE.format(number).replace("privacy.md", link)
    (folder / f"page-{number}.md").write_text(text, encoding="utf-8")


def rename_page(root: Path, dice: Dice) -> None:
    file = dice.choice(texts(root))
    if file.name != "privacy.md":
        file.rename(file.with_name(f"page-{dice.randrange(10, 99)}.md"))


def delete_page(root: Path, dice: Dice) -> None:
    file = dice.choice(texts(root))
    if file.name != "privacy.md":
        file.unlink()


def edit_record(root: Path, dice: Dice) -> None:
    file = dice.choice(sorted((root / "records/tables").glob("*.csv")))
    lines = file.read_text(encoding="utf-8").splitlines()
    place = dice.randrange(1, len(lines))
    how = dice.randrange(3)
    if how == 0 and len(lines) > 2:
        del lines[place]
    elif how == 1:
        lines[place] = re.sub(r"[0-9](?!.*[0-9])", str(dice.randrange(10)), lines[place])
    else:
        lines.append(re.sub(r"[0-9]+", str(dice.randrange(100, 999)), lines[place], count=1))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def edit_schema(root: Path, dice: Dice) -> None:
    file = dice.choice(sorted((root / "records/schemas").glob("*.yaml")))
    change(file, r"title: ([^,}\n]+)", rf"title: \g<1>{dice.choice('甲乙丙')}")


def edit_indicator(root: Path, dice: Dice) -> None:
    change(
        root / "records/indicators/Q1-walks.yaml", r"^title: .+$", f"title: 巡查{dice.randrange(9)}"
    )


def edit_config(root: Path, dice: Dice) -> None:
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    line = "    - navigation.top\n"
    depth = dice.choice(("2-2", "2-3"))
    text = (
        text.replace(line, "")
        if line in text
        else text.replace("  features:\n", f"  features:\n{line}")
    )
    config.write_text(re.sub('toc_depth: "[^"]*"', f'toc_depth: "{depth}"', text), encoding="utf-8")


def edit_navigation(root: Path, dice: Dice) -> None:
    change(dice.choice(texts(root)), r"^title: .+$", f"title: 名{dice.randrange(99)}")


def edit_school(root: Path, dice: Dice) -> None:
    change(
        root / "records/school.yaml", r"^site_name: .+$", f"site_name: 安全簿{dice.randrange(9)}"
    )


def edit_template(_: Path, dice: Dice) -> None:
    theme = own_environment.theme_folder()
    places = {
        "pages/text.html": '"sc-prose"',
        "main.html": '<meta name="color-scheme"',
        "components/parts.html": '<nav class="sc-crumbs"',
        "partials/footer.html": '<footer class="sc-footer"',
    }
    name = dice.choice(sorted(places))
    text = re.sub(r' data-n="[0-9]+"', "", (theme / name).read_text(encoding="utf-8"))
    text = text.replace(places[name], f'{places[name]} data-n="{dice.randrange(9)}"')
    (theme / name).write_text(text, encoding="utf-8")


def lose_answers(root: Path, _: Dice) -> None:
    (root / FILE).unlink(missing_ok=True)


def spoil_answers(root: Path, dice: Dice) -> None:
    file = root / FILE
    if not file.exists():
        return
    data = bytearray(file.read_bytes())
    if dice.random() < 0.5:
        del data[dice.randrange(len(data)) :]
    for _ in range(20 if data else 0):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    file.write_bytes(bytes(data))


def come_from_another_version(root: Path, _: Dice) -> None:
    store = Store(root / FILE)
    store.keep(b"another version", b"its answer")
    store.close()


EDITS: tuple[Callable[[Path, Dice], None], ...] = (
    edit_text, edit_title, edit_duty, edit_register, edit_heading, add_page, rename_page,
    delete_page, edit_record, edit_schema, edit_indicator, edit_config, edit_navigation,
    edit_school, edit_template, lose_answers, spoil_answers, come_from_another_version,
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9999)), min_size=2, max_size=5)


def built(root: Path, *, remembers: bool) -> dict[str, bytes] | list[str]:
    """The files of the site of a school, or the problems that keep it from being built."""
    own_environment.forget_theme()
    runs = Runs(root, root.with_name("product"), NOW, [], "") if remembers else None
    project, problems = read_project(root, NOW)
    if not remembers:
        project = dataclasses.replace(project, store=Store())
    ledger = with_cards(read_ledger(project, problems))
    with ledger.checked:
        if ledger.errors:
            return [
                f"{problem.place} {problem.rule} {problem.wrong.zh}" for problem in ledger.problems
            ]
        tree = plan_tree(ledger, runs=runs)
        before, site = (root.with_name(name) for name in ("site", "fresh"))
        shutil.rmtree(site, ignore_errors=True)
        build_tree(root, tree, site, before=before if remembers else None)
        assert verify_site(site, tree) == []
        files = sorted(file for file in site.rglob("*") if file.is_file())
        found = {file.relative_to(site).as_posix(): file.read_bytes() for file in files}
    if remembers:
        shutil.rmtree(before, ignore_errors=True)
        site.rename(before)
    return found


@contextmanager
def school() -> Iterator[Path]:
    """A small school with a theme of its own to edit."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root, product = Path(folder) / "school", Path(folder) / "product"
        shutil.copytree(GOOD, root, ignore=shutil.ignore_patterns(".build"))
        shutil.copy(ROOT / "mkdocs.yml", root)
        shutil.copytree(product_folder() / "theme", product / "theme")
        patch.setattr(own_environment, "product_folder", lambda: product)
        yield root
    own_environment.forget_theme()


def follow(steps: list[tuple[Callable[[Path, Dice], None], int]]) -> int:
    """Make the edits one by one; returns after how many of them there was a site."""
    count = 0
    with school() as root:
        assert isinstance(built(root, remembers=True), dict)
        for edit, seed in steps:
            shutil.rmtree(root.with_name("before"), ignore_errors=True)
            shutil.copytree(root, root.with_name("before"))
            edit(root, random.Random(seed))  # noqa: S311 - only which edit is made
            clean = built(root, remembers=False)
            assert built(root, remembers=True) == clean, edit.__name__
            count += isinstance(clean, dict)
            if isinstance(clean, list):
                for folder in ("content", "records"):
                    shutil.rmtree(root / folder)
                    shutil.copytree(root.with_name("before") / folder, root / folder)
    return count


@given(STEPS)
@settings(max_examples=3)
def test_a_build_that_remembers_gives_the_bytes_of_a_clean_one(
    steps: list[tuple[Callable[[Path, Dice], None], int]],
) -> None:
    follow(steps)


@pytest.mark.soak
@given(STEPS)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_five_hundred_sequences_of_edits(
    steps: list[tuple[Callable[[Path, Dice], None], int]],
) -> None:
    follow(steps)


def test_every_kind_of_edit_once_in_a_row() -> None:
    """So that each is made in every run, whatever the dice of the property choose."""
    assert follow([(edit, 7 + number) for number, edit in enumerate(EDITS)]) >= _BUILT


def test_answers_of_another_program_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.key_of("page")
    monkeypatch.setattr(cache, "_product", lambda: b"another")
    assert cache.key_of("page") != before
