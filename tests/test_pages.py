"""Which pages there are, their order in the navigation, and that hostile text stays text."""

import dataclasses
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.mkdocs_run import build_tree
from generator.site.page import Page
from generator.site.pages import Entry, navigation, plan_pages
from generator.site.tree import plan_tree
from generator.site.verify import verify_site
from tests.conftest import NOW, Check, MakeProject
from tests.sample_site import ROOT, sample_ledger, sample_site, sample_tree

HOSTILE = (
    "<script>window.owned=1</script>](javascript:owned()) **b** `c` {{ 7*7 }} {% x %}"
    " { #owned onclick=owned() } | \"q\" 'p' </title></style><img src=x onerror=owned()> &lt;i&gt;"
)
IN_MARKDOWN = "](javascript:owned()) {{ 7*7 }} {% x %} { #owned onclick=owned() } \"q\" 'p'"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


def hostile_files(make: MakeProject) -> Path:
    """The good project with hostile text wherever an editor may write text."""
    hostile, lined = json.dumps(HOSTILE), json.dumps(f"{HOSTILE}\n\n# h\n\n- i\n<b>j</b>")
    braceless = hostile.replace("{", "(").replace("}", ")")
    project, _ = make()
    root = project.root

    def change(path: str, *pairs: tuple[str, str]) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, (path, old)
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    change(
        "records/school.yaml",
        ("name: 河湾活动中心\n", f"name: {hostile}\n"),
        ("site_name: 河湾活动中心 安全簿", f"site_name: {hostile}"),
        (
            'history: ""}\n',
            f'history: ""}}\nfirst_day:\n  - {{title: {hostile}, fact: asked}}\n',
        ),
    )
    change(
        "records/datapackage.yaml",
        ("title: 巡查\n", f"title: {lined}\n    description: {lined}\n"),
        ("title: 日程\n", f"title: {hostile}\n"),
    )
    change(
        "records/schemas/walks.yaml",
        ("title: 巡查编号", f"title: {hostile}"),
        ("W- 加三位数字，例如 W-001。", hostile),
        ("fine: 正常", f"fine: {hostile}"),
        ("minLength: 2, maxLength: 20", "minLength: 2"),
    )
    cell = '"' + f"{HOSTILE}\n\n# h".replace('"', '""') + '"'
    change("records/tables/walks.csv", ("一切正常", cell))
    change("records/tables/duties.csv", ("总管", cell))
    change("records/tables/papers.csv", ("溺水处置", cell))
    change("records/tables/spans.csv", ("上半年", cell))
    change(
        "records/rules/walks.yaml",
        ("when: mended_on < walked_on", "when: minutes > 30"),
        ("level: error", "level: reminder"),
        ("修好日期 {mended_on} 早于巡查日期 {walked_on}", "<script>owned()</script> {remark}"),
        ("{zh: 核对两个日期, en: check both dates}", f"{{zh: {braceless}, en: e}}"),
    )
    change(
        "records/indicators/Q1-walks.yaml",
        ("title: 巡查次数", f"title: {hostile}"),
        ("每半年至少巡查 {target} 次", json.dumps(f"{HOSTILE} {{target}}")),
        ("unit: 次", f"unit: {hostile}"),
        ("select _row,", f"select _row, '{HOSTILE.replace(chr(39), '')}' as label,"),
    )
    change(
        "content/contacts.yml",
        ("title: 急救", f"title: {hostile}, note: {hostile}"),
        ("title: 值班室", f"title: {hostile}"),
    )
    change(
        "content/sources.yml",
        ("title: 泳池安全办法", f"title: {hostile}, issuer: {hostile}, note: {hostile}"),
        ("fixes: 每池一名救生员", f"fixes: {hostile}"),
    )
    change("content/glossary.yml", ("走一圈看一遍。", hostile), ("[巡视]", f"[{hostile}]"))
    change(
        "content/procedures/NA1-water.md",
        ("title: 溺水处置", f"title: {lined}"),
        ("有人落水，用这一页。", hostile),
        ("不手拉手下水", hostile),
        ("task: 下水救人", f"task: {hostile}"),
        ("script: 河湾活动中心有人落水。", f"script: {hostile}"),
        ("## 第5分钟", f"## {IN_MARKDOWN}\n\nx\n\n## 第5分钟"),
        ("清点人数。", f"{IN_MARKDOWN}\n\n| a |\n|---|\n| `{IN_MARKDOWN}` |"),
    )
    change(
        "content/plan/4-walks.md",
        ("title: 巡查", f"title: {hostile}"),
        ("## 4.1 日常巡查", f"## 4.1 {IN_MARKDOWN}"),
        ("### 4.1a 按时巡查", f"### 4.1a {IN_MARKDOWN}"),
        ("每半年至少 [[Q1.target]]", json.dumps(f"{HOSTILE} [[Q1.target]] [[guard]]")),
        ("planned: [Q9]", "planned: [Q9]"),
    )
    change(
        "content/pages/privacy.md",
        ("title: 隐私说明", f"title: {lined}"),
        ("不记姓名。", f"{IN_MARKDOWN}\n\n## {IN_MARKDOWN}\n\n    {IN_MARKDOWN}\n\n"),
    )
    return root


@dataclasses.dataclass
class Tag:
    """A start tag and, for a script, its text."""

    name: str
    attributes: dict[str, str]
    text: str = ""


class Tags(HTMLParser):
    """Collects start tags; text is kept for scripts only."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Tag] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.found and self.cdata_elem == "script":
            self.found[-1].text += data


def tags_of(text: str) -> list[Tag]:
    parser = Tags()
    parser.feed(text)
    return parser.found


@pytest.fixture(name="hostile")
def hostile_site(project: MakeProject, tmp_path: Path) -> tuple[Path, tuple[Page, ...]]:
    root = hostile_files(project)
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    ledger = read_ledger(*read_project(root, NOW))
    with ledger.checked:
        assert [str(p.wrong) for p in ledger.problems if p.severity == "error"] == []
        tree = plan_tree(ledger)
    build_tree(root, tree, tmp_path / "out")
    assert verify_site(tmp_path / "out", tree) == []
    return tmp_path / "out", tree.pages


def test_hostile_text_never_becomes_markup(hostile: tuple[Path, tuple[Page, ...]]) -> None:
    site, pages = hostile
    plain = {tag.text for tag in tags_of((sample_site() / "index.html").read_text("utf-8"))}
    bad: list[tuple[str, str]] = []
    for file in sorted(site.rglob("*.html")):
        where = file.relative_to(site).as_posix()
        for tag in tags_of(file.read_text(encoding="utf-8")):
            handlers = [name for name in tag.attributes if name.startswith("on")]
            bad += [(where, f"{tag.name} {name}") for name in handlers]
            if tag.attributes.get("id") == "owned" or tag.attributes.get("src") == "x":
                bad.append((where, f"{tag.name} {tag.attributes}"))
            if any("javascript:" in tag.attributes.get(key, "") for key in ("href", "src")):
                bad.append((where, f"{tag.name} {tag.attributes}"))
            data = tag.attributes.get("type") == "application/json"
            if tag.name == "script" and data:
                json.loads(tag.text)  # words of a page end no script and stay data
            elif tag.name == "script" and "owned" in tag.text and tag.text not in plain:
                bad.append((where, tag.text))
    assert bad == []
    assert len(pages) > 15


def test_hostile_text_is_shown_as_it_was_written(hostile: tuple[Path, tuple[Page, ...]]) -> None:
    site, _ = hostile
    shown = (site / "records/walks/index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;window.owned=1&lt;/script&gt;" in shown
    assert "{{ 7*7 }}" in shown
    assert "&amp;lt;i&amp;gt;" in shown
    texts = [file.read_text("utf-8") for file in site.glob("assets/search/texts.*.json")]
    assert any("window.owned" in text for text in texts)


def test_the_pages_of_the_sample() -> None:
    paths = [page.path for page in sample_tree().pages]
    assert len(paths) == len(set(paths))
    ledger = sample_ledger()
    assert paths[0] == "index.md"
    wanted = {
        "due.md", "organisation.md", "contacts.md", "sources.md", "glossary.md", "quality.md",
        "search.md", "plan/index.md", "procedures/index.md", "indicators/index.md",
        "records/index.md", "help/index.md", "help/messages-by-name.md", "privacy.md", "errata.md",
    }  # fmt: skip
    assert wanted <= set(paths)
    assert {f"indicators/{name}.md" for name in ledger.assessments} <= set(paths)
    assert {f"records/{name}.md" for name in ledger.checked.records.package.tables} <= set(paths)
    assert {f"procedures/{p.id}.md" for p in ledger.checked.plan.procedures} <= set(paths)


def test_every_page_names_an_existing_source_and_its_inputs() -> None:
    for page in sample_tree().pages:
        assert (ROOT / page.source).exists(), page.path
        assert page.inputs, page.path
        assert page.edition in {"staff", "public"}
        assert page.title.strip() == page.title != ""


def test_planning_twice_gives_the_same_pages() -> None:
    assert plan_pages(sample_ledger()) == sample_tree().pages


def test_the_navigation_has_the_rooms_in_order() -> None:
    entries = navigation(sample_tree().pages)
    assert [entry.title for entry in entries] == [
        "首页", "应急处置", "制度", "实施方案", "合规", "记录", "资料", "帮助",
    ]  # fmt: skip
    assert entries[0] == Entry("首页", "index.md")
    for room in entries[1:5]:
        assert room.entries[0].path.endswith("/index.md")
    shown = {inner.path for entry in entries for inner in entry.entries}
    assert not {"index.md", "search.md"} & shown
    numbered = {page.path for page in sample_tree().pages if not page.in_navigation}
    assert numbered
    assert not numbered & shown


def test_a_page_that_asks_to_be_left_out_is_not_in_the_navigation(check: Check) -> None:
    page = "---\ntitle: 草稿\norder: 9\nnav: false\n---\n\n正文。\n"
    pages = plan_pages(check({"content/pages/draft.md": page}))
    assert "draft.md" in {page.path for page in pages}
    rooms = navigation(pages)
    assert "draft.md" not in {inner.path for entry in rooms for inner in entry.entries}
    assert [entry.title for entry in rooms][-1] == "帮助"


def test_a_folder_of_texts_is_a_section_of_its_own_in_the_navigation(check: Check) -> None:
    text = "---\ntitle: {}\nnav: {}\n---\n\n正文。\n"
    pages = plan_pages(
        check(
            {
                "content/pages/canteen/index.md": text.format("食堂的事", "true"),
                "content/pages/canteen/menu.md": text.format("菜单", "true"),
                "content/pages/canteen/draft.md": text.format("草稿", "false"),
                "content/pages/gate/keys.md": text.format("钥匙", "true"),
                "content/pages/hidden/notes.md": text.format("便条", "false"),
            }
        )
    )
    (room,) = (entry for entry in navigation(pages) if entry.title == "资料")
    index, menu = Entry("食堂的事", "canteen/index.md"), Entry("菜单", "canteen/menu.md")
    assert [entry for entry in room.entries if entry.entries] == [
        Entry("食堂的事", entries=(index, menu)),
        Entry("gate", entries=(Entry("钥匙", "gate/keys.md"),)),
    ]
    ways = {page.path: page.markdown for page in pages}
    assert '<a href="../">食堂的事</a>' in ways["canteen/menu.md"]
    assert "帮助" not in ways["gate/keys.md"]
