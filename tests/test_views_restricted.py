"""What is restricted never leaves: not in pages, not in JSON, not in the search index."""

import json
from pathlib import Path

from generator.ledger import Ledger
from generator.site.allowed import listable
from generator.site.tree import page_text, plan_tree
from tests.conftest import GOOD, Check
from tests.sample_site import page_of

CANARY = "金丝雀"
CODE = "lark-777"
SECOND = "画眉鸟"


def good(path: str) -> str:
    return (GOOD / path).read_text(encoding="utf-8")


def published(ledger: Ledger, edition: str = "staff") -> dict[str, str]:
    """Every text that a site of the ledger is made of, by path."""
    tree = plan_tree(ledger, edition)
    texts = {page.path: page_text(page) for page in tree.pages}
    texts |= {path: data.decode("utf-8", "replace") for path, data in tree.files.items()}
    return texts | {"facts": json.dumps(tree.facts, ensure_ascii=False)}


def restricted_walks() -> dict[str, str | bytes | None]:
    """The good project with its walks restricted: keys, labels and reminders are canaries."""
    walked = "08:30,guard,head,25,820.5,false,2026-11,fine,"
    rows = "".join(f"W-{900 + n},2026-11-0{n},{walked},2026-11-2{n},{CODE}\n" for n in range(1, 4))
    header = good("records/tables/walks.csv").split("\n", 1)[0]
    package = good("records/datapackage.yaml")
    return {
        "records/datapackage.yaml": package.replace(
            "schema: schemas/walks.yaml\n    sensitivity: staff",
            "schema: schemas/walks.yaml\n    sensitivity: restricted",
        ),
        "records/tables/walks.csv": f"{header}\n{rows}",
        "records/schemas/walks.yaml": good("records/schemas/walks.yaml").replace(
            "constraints: {minLength: 2, maxLength: 20}", "constraints: {pattern: 'lark-[0-9]{3}'}"
        ),
        "records/indicators/Q1-walks.yaml": good("records/indicators/Q1-walks.yaml").replace(
            "select _row, walked_on as happened_on",
            "select _row, walked_on as happened_on, remark as label, again_on as due_on",
        ),
        "records/rules/walks.yaml": good("records/rules/walks.yaml")
        .replace("level: error", "level: reminder")
        .replace("when: mended_on < walked_on", "when: minutes > 5")
        .replace("修好日期 {mended_on} 早于巡查日期 {walked_on}", "{walk} {remark}")
        .replace("zh: 核对两个日期", 'zh: "核对 {walk}"'),
    }


def test_a_restricted_table_shows_no_row_anywhere(check: Check) -> None:
    ledger = check(restricted_walks())
    assert ledger.errors == 0
    texts = published(ledger)
    leaks = [path for path, text in texts.items() for word in (CODE, "W-90") if word in text]
    assert leaks == []
    page = texts["records/walks.md"]
    assert "这张表不逐条公开，只用于统计。" in page
    assert "共 " not in page.partition("sc-note")[0]
    assert "2026-11-03" not in page
    assert "这些记录不逐条公开，只用于统计。" in texts["indicators/Q1.md"]
    assert "walks" not in json.loads(texts["api/build.json"])["records"]
    assert texts["quality.md"].count("sc-list__item") == 1
    assert "这张表的提醒不在网站上列出" in texts["quality.md"]
    assert "walks.csv:" not in texts["quality.md"]


def test_a_restricted_table_that_grows_changes_no_page(check: Check) -> None:
    """Two builds before and after one more case differ in nothing: there is nothing to subtract."""
    files = restricted_walks()
    rows = str(files["records/tables/walks.csv"])
    for count in (3, 8, 20):
        line = rows.splitlines()[-1]
        more = "".join(line.replace("W-903", f"W-9{10 + n}") + "\n" for n in range(count))
        one = line.replace("W-903", "W-999") + "\n"
        before = published(check({**files, "records/tables/walks.csv": rows + more}))
        after = published(check({**files, "records/tables/walks.csv": rows + more + one}))
        assert [path for path in before if before[path] != after[path]] == []


def test_the_public_edition_is_the_same_whatever_a_restricted_table_holds(check: Check) -> None:
    """Neither a row nor a status over the rows is in it: nothing is there to compare."""
    files = restricted_walks()
    public = [path for path, edition in listable(check(files)).items() if edition == "public"]
    listed = ", ".join(path.removesuffix("index.md").removesuffix(".md") + "/" for path in public)
    files["records/school.yaml"] = f"{good('records/school.yaml')}public: [{listed}]\n"
    header, line, *_ = str(files["records/tables/walks.csv"]).splitlines()
    sites, statuses = [], set()
    for count, found in ((0, "fine"), (1, "fine"), (1, "open"), (4, "open"), (60, "fine")):
        rows = [
            line.replace("W-901", f"W-{number}").replace(",fine,", f",{found},")
            for number in range(100, 100 + count)
        ]
        ledger = check({**files, "records/tables/walks.csv": "\n".join([header, *rows, ""])})
        assert ledger.errors == 0
        sites.append(published(ledger, "public"))
        statuses |= {a.headline.status for a in ledger.assessments.values()}
    assert len(public) > 3
    assert len(statuses) > 1, "for staff the rows do change something"
    assert all(site == sites[0] for site in sites)
    pages = [text for path, text in sites[0].items() if path.endswith(".md")]
    assert " data-status=" not in "".join(pages)


def test_a_restricted_column_is_not_shown(check: Check) -> None:
    schema = good("records/schemas/walks.yaml")
    for name in ("again_on", "remark"):
        line = next(row for row in schema.splitlines() if f"name: {name}" in row)
        schema = schema.replace(line, line.replace("sensitivity: staff", "sensitivity: restricted"))
    rules = good("records/rules/walks.yaml")
    ledger = check(
        {
            "records/schemas/walks.yaml": schema,
            "records/tables/walks.csv": good("records/tables/walks.csv").replace("灯坏了", CANARY),
            "records/rules/walks.yaml": rules.replace("level: error", "level: reminder")
            .replace("when: mended_on < walked_on", "when: minutes > 5")
            .replace("修好日期 {mended_on} 早于巡查日期 {walked_on}", "备注 {remark}"),
        }
    )
    assert ledger.errors == 0
    texts = published(ledger)
    assert [path for path, text in texts.items() if CANARY in text] == []
    assert "2026-12-01" not in texts["records/walks.md"]
    assert "W-003" in texts["records/walks.md"]
    assert "W-003" in texts["indicators/Q1.md"]
    assert texts["quality.md"].count("sc-list__item") == 3


def test_a_restricted_key_is_in_no_anchor_and_no_evidence(check: Check) -> None:
    schema = good("records/schemas/walks.yaml").replace(
        "type: string\n    sensitivity: staff\n    constraints: {required: true, pattern: 'W-",
        "type: string\n    sensitivity: restricted\n    constraints: {required: true, pattern: 'W-",
    )
    assert schema != good("records/schemas/walks.yaml")
    texts = published(check({"records/schemas/walks.yaml": schema}))
    texts.pop("help/messages-by-name.md")  # its examples come with the product
    assert [path for path, text in texts.items() if "W-003" in text or "W-002" in text] == []
    assert "灯坏了" in texts["records/walks.md"]


def test_a_restricted_title_does_not_stand_in_for_a_key_elsewhere(check: Check) -> None:
    schema = good("records/schemas/duties.yaml").replace(
        "name: above, title: 上级, type: string, sensitivity: staff",
        "name: above, title: 上级, type: string, sensitivity: restricted",
    )
    schema = schema.replace("primaryKey: [duty]", "primaryKey: [duty]\nrow_title: above")
    rows = good("records/tables/duties.csv").replace(
        "guard,门岗,head", f"guard,门岗,head\nlark,{SECOND},guard"
    )
    texts = published(
        check({"records/schemas/duties.yaml": schema, "records/tables/duties.csv": rows})
    )
    assert SECOND in texts["records/duties.md"]
    assert ">guard<" in texts["records/walks.md"]


def test_a_table_of_which_nothing_may_be_seen_is_treated_as_restricted(check: Check) -> None:
    schema = good("records/schemas/papers.yaml").replace(
        "sensitivity: public", "sensitivity: restricted"
    )
    texts = published(check({"records/schemas/papers.yaml": schema}))
    assert "这张表不逐条公开" in texts["records/papers.md"]
    assert "r-NA1" not in texts["records/papers.md"]


def test_the_page_of_a_restricted_table_is_one_page(check: Check, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    files = restricted_walks()
    rows = str(files["records/tables/walks.csv"])
    line = rows.splitlines()[-1]
    more = "".join(line.replace("W-903", f"W-{n:03d}") + "\n" for n in range(300))
    tree = plan_tree(check({**files, "records/tables/walks.csv": rows + more}))
    assert page_of(tree, "records/walks.md").url == "records/walks/"
    assert "records/walks/2.md" not in {page.path for page in tree.pages}
