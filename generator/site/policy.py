"""What a page may load and run: a Content-Security-Policy in the head of each page.

Only the inline scripts that stand in the templates of the theme get their hash into it. A script
that came in by any other way is not in the policy, so no browser runs it; `verify` names it.
"""

import base64
import functools
import hashlib
import html
import re
from collections.abc import Iterable
from pathlib import Path

_SCRIPT = re.compile(
    r"<script\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FILLED = r"[\w./:~%-]*"
"""What a template may put into a script: an address, nothing that ends a string."""
_TEMPLATES = ("partials/javascripts/*.html", "*.html")
_START = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
_DATA = {"application/json", "application/ld+json"}
_RULES = (
    "default-src 'none'",
    "script-src 'self'{hashes}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
_META = '<meta http-equiv="Content-Security-Policy" content="{policy}">'
_POLICY = re.compile(r"<meta http-equiv=\"?Content-Security-Policy\"? content=\"([^\"]*)\"")
_TAG = re.compile(r"<[a-zA-Z][\w:-]*((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.IGNORECASE)
_MAY_HANDLE = re.compile(r"[oO][nN](?<![a-zA-Z]..)[a-zA-Z]+\s*=")
"""Without this anywhere in a page none of its tags needs a look; looking behind is quicker."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def with_policy(text: str, folders: Iterable[str]) -> str:
    """A finished page with its policy as early in the head as may be.

    Args:
        text: the page as HTML.
        folders: the template folders of the theme, whose inline scripts may run.
    """
    known = theme_scripts(tuple(folders))
    hashes = {
        script_hash(script)
        for script in inline_scripts(text)
        if any(pattern.fullmatch(script) for pattern in known)
    }
    written = "".join(f" '{digest}'" for digest in sorted(hashes))
    meta = _META.format(policy="; ".join(_RULES).format(hashes=written))
    return _START.sub(lambda start: f"{start.group()}\n      {meta}", text, count=1)


@functools.cache
def theme_scripts(folders: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The inline scripts of the templates, each as a pattern with room for what is filled in."""
    found: dict[str, None] = {}
    for folder in folders:
        for pattern in _TEMPLATES:
            for file in sorted(Path(folder).glob(pattern)):
                for script in inline_scripts(file.read_text(encoding="utf-8")):
                    parts = _EXPRESSION.split(script)
                    found[_FILLED.join(re.escape(part) for part in parts)] = None
    return tuple(re.compile(pattern) for pattern in found)


def inline_scripts(text: str) -> list[str]:
    """The scripts that a page carries itself; data islands are none, since nothing runs them."""
    found = []
    for attributes, script in _SCRIPT.findall(text):
        given = {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(attributes)}
        if "src" not in given and given.get("type", "").lower() not in _DATA:
            found.append(script)
    return found


def script_hash(script: str) -> str:
    """A script as a policy names it."""
    data = script.replace("\r\n", "\n").encode()
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def policy_faults(text: str) -> list[str]:
    """What a browser would refuse to run in a page, and a missing policy."""
    match = _POLICY.search(text)
    if match is None:
        return ["页面没有内容安全策略 (no Content-Security-Policy)"]
    policy = html.unescape(match.group(1))
    faults = [
        f"内嵌脚本不属于主题：{script[:40]} (inline script is not in the policy)"
        for script in inline_scripts(text)
        if f"'{script_hash(script)}'" not in policy
    ]
    handlers = {
        name
        for attributes in (_TAG.findall(text) if _MAY_HANDLE.search(text) else ())
        for name in _HANDLER.findall(_QUOTED.sub("", attributes))
    }
    faults += [f"标签里有脚本 {name} (script in a tag)" for name in sorted(handlers)]
    return faults
