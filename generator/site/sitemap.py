"""The site map for those who look the site over: the address of every page."""

from collections.abc import Iterable
from html import escape

from generator.site.page import Page

SITEMAP = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LEFT_OUT = {"search"}


def sitemap_files(address: str, pages: Iterable[Page]) -> dict[str, bytes]:
    """The map by its path; none when the school has not declared where its site is.

    Args:
        address: where readers find the site, with a slash at its end, or an empty string.
        pages: the pages of the edition.
    """
    if not address:
        return {}
    urls = [page.url for page in pages if page.kind not in _LEFT_OUT]
    lines = [f"<url><loc>{escape(address + url, quote=False)}</loc></url>" for url in urls]
    text = "\n".join([_HEAD, f'<urlset xmlns="{_SPACE}">', *lines, "</urlset>"])
    return {SITEMAP: f"{text}\n".encode()}
