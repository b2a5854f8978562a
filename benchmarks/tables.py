"""Record tables: what 100,000 rows cost to build, to carry and to use in a browser.

A copy of the sample school gets one more table of ten columns (`schools.py`, seeded). The site
is built with it and without it, as whole processes; then Chromium opens the table and is timed
by the clock of the page: first rows, a page further, a filter, a search, a sort, downloads.

    python -m benchmarks.tables [--rows 100000] [--build-only]
"""

import argparse
import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import schools
from benchmarks.processes import ROOT, run
from tests.browser.install import find_browser, launch_arguments
from tests.browser.screenshots import served

TABLE = "measured"
RESOURCE = f"""\
  - name: {TABLE}
    title: 测量
    description: 用来测量的台账。
    type: table
    path: tables/{TABLE}.csv
    encoding: utf-8
    schema: schemas/{TABLE}.yaml
    sensitivity: staff
"""


ACTS = (
    ("a page further", "press('下一页')"),
    ("the last page", "number(99999)"),
    ("first search, all parts are read", "find('HZ-00500')"),
    ("a search in every column", "find('消防 post_07 2023')"),
    ("a letter more", "find('消防 post_07 2023-1')"),
    ("everything again", "find('')"),
    ("sorted by the last column", "[...document.querySelectorAll('thead button')].at(-1).click()"),
)
WAIT = """() => new Promise((done) => {
  const count = document.querySelector(".sc-recordtools__count");
  const tools = document.querySelector(".sc-recordtools input");
  const press = (word) => [...document.querySelectorAll("button")]
    .find((one) => one.textContent === word).click();
  const number = (value) => {
    const field = document.querySelector(".sc-recordpager input");
    field.value = value;
    field.dispatchEvent(new Event("change"));
  };
  const find = (text) => { tools.value = text; tools.form.requestSubmit(); };
  const before = document.querySelector("[data-table] tbody").firstElementChild;
  const start = performance.now();
  const watch = () => {
    const now = document.querySelector("[data-table] tbody").firstElementChild;
    if (now === before) return requestAnimationFrame(watch);
    return done([performance.now() - start, count.textContent]);
  };
  ACT;
  watch();
})"""
FILE = """async (kind) => {
  let blob;
  const made = URL.createObjectURL;
  URL.createObjectURL = (given) => { blob = given; return made.call(URL, given); };
  const start = performance.now();
  document.querySelector(`[data-sc-file=${kind}]`).click();
  while (!blob) await new Promise((done) => setTimeout(done, 5));
  URL.createObjectURL = made;
  return [performance.now() - start, blob.size];
}"""


def main() -> int:
    """Build without and with the large table, print cost and size, then time the browser."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--build-only", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "school"
        copy_sample(root)
        before = build(root)
        add_table(root, options.rows)
        after = build(root)
        rows = f"with {options.rows:,} rows more"
        print(f"{'':26}{'wall s':>9}{'peak MiB':>10}{'files':>8}{'MiB':>8}{'gzip MiB':>10}")
        for name, figures in (("the sample school", before), (rows, after)):
            seconds, peak, files, size, packed = figures
            print(f"{name:26}{seconds:9.1f}{peak:10.0f}{files:8}{size:8.1f}{packed:10.1f}")
        if not options.build_only:
            print()
            use((root / "site").resolve())
    return 0


def copy_sample(root: Path) -> None:
    """The files of the sample school, in a folder of its own."""
    for name in ("content", "records"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)


def add_table(root: Path, rows: int) -> None:
    """One more table of that many rows."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        schools.one_table(made, rows)
        shutil.copy(made / "records/tables/hazards.csv", root / f"records/tables/{TABLE}.csv")
        schema = (made / "records/schemas/hazards.yaml").read_text(encoding="utf-8")
    (root / f"records/schemas/{TABLE}.yaml").write_text(schema, encoding="utf-8")
    with (root / "records/datapackage.yaml").open("a", encoding="utf-8") as file:
        file.write(RESOURCE)


def build(root: Path) -> tuple[float, float, int, float, float]:
    """Build the site: seconds, peak memory, files, their size and that of each packed, in MiB."""
    command = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    seconds, _, peak = run(command, ROOT)
    files = [path for path in (root / "site").resolve().rglob("*") if path.is_file()]
    sizes = [(len(data), len(gzip.compress(data, 6))) for data in map(Path.read_bytes, files)]
    whole, packed = (sum(column) / 2**20 for column in zip(*sizes, strict=True))
    return seconds, peak, len(files), whole, packed


def use(site: Path) -> None:
    """Time what a reader does, by the clock of the page, from the act to the new rows."""
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=launch_arguments()
        )
        page = browser.new_page(service_workers="block")
        page.goto(f"{address}records/{TABLE}/")
        page.locator(".sc-recordtools:not([hidden])").wait_for()
        print(f"{'tools are there':34}{page.evaluate('performance.now()'):8.0f} ms")
        for name, act in ACTS:
            spent, told = page.evaluate(WAIT.replace("ACT", act))
            print(f"{name:34}{spent:8.0f} ms   {told}")
        for kind in ("csv", "xlsx"):
            spent, size = page.evaluate(FILE, kind)
            print(f"{f'all rows as {kind}':34}{spent:8.0f} ms   {size / 2**20:.1f} MiB")
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
