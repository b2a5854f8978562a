"""The site map names every page at the school's own address, or is not there."""

from xml.etree import ElementTree as ET

from generator.site.sitemap import sitemap_files
from tests.sample_site import sample_site, sample_tree

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_page_is_on_the_map_at_the_address_of_the_school() -> None:
    root = ET.fromstring((sample_site() / "sitemap.xml").read_bytes())  # noqa: S314 - our own file
    found = [node.text for node in root.iter(f"{SPACE}loc")]
    wanted = [page.url for page in sample_tree().pages if page.kind != "search"]
    assert found == [f"https://safety.school.example/{url}" for url in wanted]


def test_without_an_address_there_is_no_map() -> None:
    assert sitemap_files("", sample_tree().pages) == {}
    assert not (sample_site() / "sitemap.xml.gz").exists()
