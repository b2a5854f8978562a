"""A page gets its share of the navigation: its own section, the doors of the others."""

from generator.site.pages import Entry
from generator.site.sidebar import MOST, Item, Sidebar


def leaf(number: int) -> Entry:
    return Entry(f"第{number}页", f"a/p{number}.md")


def test_the_open_section_is_whole_and_the_others_are_doors() -> None:
    inner = Entry("内", entries=(Entry("一", "b/c/x.md"), Entry("二", "b/c/y.md")))
    entries = (
        Entry("首页", "index.md"),
        Entry("甲<", entries=(leaf(1), leaf(2))),
        Entry("乙", entries=(inner,)),
    )
    share = Sidebar(entries).share("a/p2.md", "here")
    home, first, second = share.items
    assert home == Item("首页", "", is_index=True)
    assert first == Item("甲&lt;", active=True, children=(Item("第1页", "a/p1/"), "here"))
    assert second == Item("乙", children=(Item("内", children=(Item("一", "b/c/x/"),)),))


def test_a_page_outside_of_the_navigation_sees_doors_only() -> None:
    share = Sidebar((Entry("甲", entries=(leaf(1), leaf(2))),)).share("other.md", "here")
    assert share.items == (Item("甲", children=(Item("第1页", "a/p1/"),)),)


def test_a_long_section_shows_its_index_and_the_pages_around() -> None:
    index = Entry("全部", "a/index.md")
    entries = (Entry("甲", entries=(index, *map(leaf, range(1, 1001)))),)
    sidebar = Sidebar(entries)
    for number in (1, 500, 1000):
        (section,) = sidebar.share(f"a/p{number}.md", "here").items
        assert isinstance(section, Item)
        assert "here" in section.children
        assert section.children[0] == Item("全部", "a/", is_index=True)
        assert len(section.children) in {25, 26}
    assert MOST > 70
