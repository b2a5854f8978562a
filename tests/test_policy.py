"""The policy in each page: scripts of the theme run, any other script does not."""

from pathlib import Path

import pytest

from generator.site.policy import inline_scripts, policy_faults, script_hash, with_policy
from tests.sample_site import sample_site

SCOPE = '<script>scope=new URL("{{ base_url }}",location)</script>'
PAGE = '<html><head>\n<meta charset="utf-8">\n<title>a</title></head><body>{}</body></html>'


@pytest.fixture(name="theme")
def small_theme(tmp_path: Path) -> str:
    folder = tmp_path / "partials/javascripts"
    folder.mkdir(parents=True)
    (folder / "base.html").write_text(SCOPE, encoding="utf-8")
    return str(tmp_path)


def policy(text: str, theme: str) -> str:
    return with_policy(text, [theme]).split('content="')[1].split('"')[0]


def test_a_script_of_the_theme_is_named_by_its_hash(theme: str) -> None:
    page = PAGE.format(SCOPE.replace("{{ base_url }}", "../.."))
    digest = script_hash('scope=new URL("../..",location)')
    assert f"script-src 'self' '{digest}'; " in policy(page, theme)
    assert policy_faults(with_policy(page, [theme])) == []


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'scope=new URL("..",location);alert(1)',
        'scope=new URL("");alert(1);new URL("",location)',
        'scope=new URL("\\";alert(1);"",location)',
    ],
)
def test_a_script_from_anywhere_else_is_not_named(script: str, theme: str) -> None:
    page = PAGE.format(f"<script>{script}</script>")
    assert "script-src 'self'; " in policy(page, theme)
    (fault,) = policy_faults(with_policy(page, [theme]))
    assert fault.startswith(f"内嵌脚本不属于主题：{script[:40]}")


def test_the_policy_stands_behind_the_encoding_and_before_all_else(theme: str) -> None:
    text = with_policy(PAGE.format(""), [theme])
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<title>")
    assert text.count("Content-Security-Policy") == 1


def test_nothing_is_loaded_from_outside_and_no_inline_script_is_free(theme: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(PAGE.format(""), theme).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["base-uri"] == "'none'"
    assert {word for rule in rules.values() for word in rule.split()} == {
        "'none'", "'self'", "'unsafe-inline'", "data:",
    }  # fmt: skip
    assert [name for name, rule in rules.items() if "unsafe" in rule] == ["style-src"]


def test_data_islands_and_loaded_scripts_are_no_inline_scripts() -> None:
    text = (
        '<script type="application/json">{"a": 1}</script><script src="a.js" defer></script>'
        "<SCRIPT async>b()</SCRIPT><script type=module>c()</script>"
    )
    assert inline_scripts(text) == ["b()", "c()"]


def test_a_hash_is_that_of_the_specification() -> None:
    assert script_hash("alert('Hello, world.');") == (
        "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    )
    assert script_hash("a\r\nb") == script_hash("a\nb")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<b onclick="x()">b</b>', "标签里有脚本 onclick (script in a tag)"),
        ("<img src=a.png ONERROR=x()>", "标签里有脚本 ONERROR (script in a tag)"),
        ("<script>x()</script>", "内嵌脚本不属于主题：x() (inline script is not in the policy)"),
    ],
)
def test_what_a_browser_would_refuse_is_found(body: str, what: str, theme: str) -> None:
    assert policy_faults(with_policy(PAGE.format(body), [theme])) == [what]


def test_words_in_an_attribute_are_no_script(theme: str) -> None:
    page = PAGE.format('<b title="x on click=1 > y" data-once="1">one = 1</b>')
    assert policy_faults(with_policy(page, [theme])) == []


def test_a_page_without_a_policy_is_found() -> None:
    assert policy_faults("<html></html>") == ["页面没有内容安全策略 (no Content-Security-Policy)"]


def test_every_page_of_the_sample_site_has_its_policy_and_the_scripts_of_the_theme() -> None:
    pages = {file: file.read_text(encoding="utf-8") for file in sample_site().rglob("*.html")}
    assert len(pages) > 200
    assert [file for file, text in pages.items() if policy_faults(text)] == []
    sources = {text.split("script-src ")[1].split(";")[0] for text in pages.values()}
    assert not any("unsafe" in source for source in sources)
    plan = pages[sample_site() / "plan/index.html"]
    assert plan.split("script-src ")[1].split(";")[0].count("'sha256-") == 3
