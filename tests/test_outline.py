"""Pages of headings and blocks alone are written as Markdown writes them."""

from pathlib import Path

import markdown  # type: ignore[import-untyped]  # it comes without types
import pytest
from mkdocs.config import load_config

from generator.site.blocks import take_blocks
from generator.site.outline import Outline
from tests.sample_site import ROOT

PLAIN = """\
<nav><a href="../">首页</a></nav>

# 第5号 通则

<div class="sc-prose"></div>

## 由谁来做，怎么做 { #s1 }

<div><p>一</p>
<p>二</p></div>
<p>三</p>

### 1.2 第二条 { #s1-2 }

#### 太深

## General rules

## General rules

<footer class="sc-pagefoot">
<p>修改</p>
</footer>
"""
OTHERS = (
    "## 粗 *体*\n",
    "## &#42;\n",
    "# 一\n二\n",
    "一段话\n",
    "# 一 #\n",
    "<i>一</i>\n",
    "#一\n",
)


def reader(configuration: Path) -> tuple[markdown.Markdown, Outline]:
    config = load_config(str(configuration))
    names, settings = config.markdown_extensions, config.mdx_configs or {}
    converter = markdown.Markdown(extensions=names, extension_configs=settings)
    return converter, Outline(converter, names)


def test_a_plain_page_is_written_as_markdown_writes_it() -> None:
    converter, outline = reader(ROOT / "mkdocs.yml")
    text, blocks = take_blocks(PLAIN)
    assert len(blocks) == 4
    found = outline.convert(text)
    assert found is not None
    assert found[0] == converter.convert(text)
    assert 'id="general-rules_1"' in found[0]

    def told(tokens: list[dict[str, object]]) -> list[object]:
        names = ("level", "id", "name", "html")
        return [[*(token[name] for name in names), told(token["children"])] for token in tokens]  # type: ignore[arg-type]

    assert told(found[1]) == told(converter.toc_tokens)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_not_plain_goes_to_the_parser(text: str) -> None:
    assert reader(ROOT / "mkdocs.yml")[1].convert(text) is None


def test_a_configuration_that_changes_headings_is_left_to_markdown(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for settings in ("toc: {permalink: true}", "smarty", "toc: {baselevel: 2}"):
        text = f"site_name: x\nmarkdown_extensions: [attr_list, {{{settings}}}]\n"
        if ":" not in settings:
            text = f"site_name: x\nmarkdown_extensions: [attr_list, {settings}]\n"
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        assert reader(tmp_path / "mkdocs.yml")[1].convert("# 一\n") is None
