"""The way out of each floor: buildings, floors, posters, and floors nobody has walked."""

from pathlib import Path

from generator.compliance.routes import Floor
from generator.ledger import read_ledger
from generator.project import read_project
from generator.site.pages import plan_pages
from tests.conftest import Check
from tests.sample_copy import NOW, sample_copy
from tests.sample_site import page_of, sample_ledger, sample_tree


def test_every_building_is_one_tap_from_the_list() -> None:
    markdown = page_of(sample_tree(), "procedures/routes.md").markdown
    assert markdown.count('class="sc-house"') == 9
    assert 'href="../routes-rt-a-1f/"' in markdown
    assert "还没有路线：图书馆 1 层。" in markdown


def test_a_floor_tells_its_stairs_exit_place_and_night() -> None:
    markdown = page_of(sample_tree(), "procedures/routes-rt-dorm-1-1f.md").markdown
    second = markdown.partition("## 2 层 { #f2 }")[2]
    for part in ("东楼梯", "西楼梯", "东门", "田径场（主集合点）", "铃响后宿舍管理组长开两端的门"):
        assert part in second
    assert 'href="../routes-rt-dorm-1-1f-posters/"' in second


def test_a_floor_without_a_route_is_a_visible_hole() -> None:
    library = next(page for page in sample_tree().pages if page.title == "图书馆怎么走")
    assert "这一层还没有登记路线。" in library.markdown
    assert "门贴" not in library.markdown


def test_each_floor_has_its_own_poster() -> None:
    markdown = page_of(sample_tree(), "procedures/routes-rt-a-1f-posters.md").markdown
    assert markdown.count('class="sc-poster"') == 4
    assert "data-sc-print" in markdown


def test_fire_earthquake_intrusion_and_home_lead_to_the_routes() -> None:
    for name in ("procedures/EP01.md", "procedures/EP02.md", "procedures/EP05.md", "index.md"):
        assert "procedures/routes/" in page_of(sample_tree(), name).markdown.replace(
            "../routes/", "procedures/routes/"
        )
    assert "这层楼怎么走" not in page_of(sample_tree(), "procedures/EP03.md").markdown


def test_only_floors_that_people_use_are_expected_to_have_a_route() -> None:
    floors = sample_ledger().checked.bound.floors
    assert Floor("实验楼", 4) in floors
    assert Floor("后勤楼", 1) not in floors


def test_a_table_without_rows_lists_every_occupied_floor_as_a_hole(tmp_path: Path) -> None:
    sample_copy(tmp_path)
    table = tmp_path / "records/tables/evacuation_routes.csv"
    header = table.read_text(encoding="utf-8").split("\n", maxsplit=1)[0]
    table.write_text(f"{header}\n", encoding="utf-8")
    ledger = read_ledger(*read_project(tmp_path, NOW))
    with ledger.checked:
        pages = {page.path: page for page in plan_pages(ledger)}
    assert "还没有路线：A栋教学楼 1 层、A栋教学楼 2 层" in pages["procedures/routes.md"].markdown


def test_a_school_that_declares_no_routes_has_no_such_page(check: Check) -> None:
    assert not [page for page in plan_pages(check({})) if "routes" in page.path]
