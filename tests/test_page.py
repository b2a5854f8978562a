"""Addresses of pages, and relative links between them."""

import pytest

from generator.site.page import Page, link, url_of


@pytest.mark.parametrize(
    ("path", "url"),
    [
        pytest.param("index.md", "", id="root"),
        pytest.param("due.md", "due/", id="page"),
        pytest.param("plan/index.md", "plan/", id="room"),
        pytest.param("plan/3-2.md", "plan/3-2/", id="page-in-a-room"),
        pytest.param("records/drills/2.md", "records/drills/2/", id="deep"),
    ],
)
def test_a_page_has_one_address(path: str, url: str) -> None:
    assert url_of(path) == url
    page = Page(path, "", "", "", "", 0, "staff", ())
    assert page.url == url


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        pytest.param("index.md", "due.md", "due/", id="from-the-root"),
        pytest.param("index.md", "plan/3-2.md#c-3-2-1d", "plan/3-2/#c-3-2-1d", id="root-anchor"),
        pytest.param("due.md", "index.md", "../", id="to-the-root"),
        pytest.param("due.md", "index.md#x", "../#x", id="to-the-root-with-anchor"),
        pytest.param("plan/3-2.md", "plan/3-1.md", "../3-1/", id="beside"),
        pytest.param("plan/3-2.md", "plan/index.md", "../", id="up-to-the-room"),
        pytest.param("plan/index.md", "plan/3-2.md", "3-2/", id="down-from-the-room"),
        pytest.param("plan/index.md", "index.md", "../", id="room-to-the-root"),
        pytest.param("records/a/2.md", "indicators/I1.md", "../../../indicators/I1/", id="across"),
        pytest.param("records/a/2.md", "records/a.md#r-1", "../#r-1", id="to-the-first-page"),
        pytest.param("plan/3-2.md", "plan/3-2.md", "./", id="itself"),
        pytest.param("plan/3-2.md", "plan/3-2.md#c-1", "#c-1", id="anchor-on-itself"),
        pytest.param("index.md", "index.md", "./", id="root-itself"),
        pytest.param("index.md", "index.md#a", "#a", id="root-anchor-on-itself"),
        pytest.param("plan/3-2.md", "api/clauses.json", "../../api/clauses.json", id="a-file"),
        pytest.param("index.md", "assets/a.svg", "assets/a.svg", id="a-file-from-the-root"),
    ],
)
def test_a_link_is_relative_to_its_page(start: str, target: str, expected: str) -> None:
    assert link(start, target) == expected
