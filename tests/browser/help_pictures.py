"""The pictures of the help pages, taken of the built site: python -m tests.browser.help_pictures.

They stand in `content/pages/help/pictures/`; take them anew when the site looks different.
"""

from playwright.sync_api import sync_playwright

from tests.browser.install import find_browser, launch_arguments
from tests.browser.screenshots import ROOT, SITE, served

PICTURES = ROOT / "content" / "pages" / "help" / "pictures"
MOST_BYTES = 60_000
SHOTS = {
    "home": ("", 390, 640),
    "figure": ("indicators/I08/", 390, 640),
    "records": ("records/hazards/", 640, 420),
}
"""Name of the picture: page, width and height."""


def main() -> int:
    """Take all pictures; returns the exit code."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served(SITE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        for name, (path, width, height) in SHOTS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light"
            )
            page = context.new_page()
            page.goto(address + path, wait_until="networkidle")
            page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
            context.close()
        browser.close()
    large = [file.name for file in PICTURES.iterdir() if file.stat().st_size > MOST_BYTES]
    print(f"{len(SHOTS)} 张图 · pictures: {PICTURES}" + (f" 太大 {large}" if large else ""))
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main())
