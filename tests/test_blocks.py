"""Finished HTML goes around the Markdown parser; what asks for Markdown goes through it."""

from generator.site.blocks import put_blocks, take_blocks


def test_blocks_that_follow_each_other_become_one_mark() -> None:
    text = "# 标题\n\n<p>一</p>\n\n<div><div>二\n\n# 三</div></div>\n\n## 四\n"
    marked, blocks = take_blocks(text)
    assert marked == '# 标题\n\n<div data-sc-block="0"></div>\n\n## 四\n'
    assert blocks == ["<p>一</p>\n\n<div><div>二\n\n# 三</div></div>\n\n"]
    assert "<div><div>二\n\n# 三</div></div>" in put_blocks(marked, blocks)


def test_markdown_inside_html_is_left_to_the_parser() -> None:
    text = '<div markdown="1">\n\n## 一\n\n<p>二</p>\n\n</div>\n'
    marked, blocks = take_blocks(text)
    assert marked.startswith('<div markdown="1">\n\n## 一\n\n<div data-sc-block="0"></div>')
    assert blocks == ["<p>二</p>\n\n"]


def test_html_inside_a_line_or_never_closed_is_no_block() -> None:
    for text in ("字\n<p>一</p>\n", "<p>一</p> 字\n", "<div>\n\n一\n"):
        assert take_blocks(text) == (text, [])
