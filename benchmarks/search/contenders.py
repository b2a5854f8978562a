"""The contenders: what each writes for a corpus, into a scratch folder that nobody keeps."""

import json
import subprocess
import time
import venv
from collections.abc import Sequence
from pathlib import Path

import material

from benchmarks.search.corpus import ROOT, Corpus
from generator.search.entries import Entry
from generator.search.rows import chunk_json, row_chunks
from generator.site.search import Findable, write_search

NAMES = ("ours", "minisearch", "pagefind", "material")
MINISEARCH = "minisearch@7.2.0"
WHEELS = ("pagefind[extended]==1.5.2", "jieba==0.42.1")
SCRIPTS = ("search-text", "search-store", "search-near", "search-rank")
_PAGEFIND = """
import asyncio, json, sys
from pagefind.index import IndexConfig, PagefindIndex
async def main():
    entries = json.load(open(sys.argv[1], encoding="utf-8"))
    async with PagefindIndex(config=IndexConfig(output_path=sys.argv[2])) as index:
        for e in entries:
            content = f"{e['title']} {e['names']} {e['text']}"
            await index.add_custom_record(
                url=f"/{e['id']}", content=content, language="zh", meta={"title": e["title"]})
asyncio.run(main())
"""
_JIEBA = """
import json, re, sys
import jieba
jieba.setLogLevel(60)
han = re.compile("([\\u4e00-\\u9fff]+)")
cut = lambda text: han.sub(lambda m: "\\u200b".join(jieba.cut(m[1])) + "\\u200b", text)
entries = json.load(open(sys.argv[1], encoding="utf-8"))
docs = [{"location": str(e["id"]), "title": cut(e["title"]),
         "text": cut(e["names"] + " " + e["text"])} for e in entries]
separator = "[\\\\s\\u200b\\u3000\\\\-、。，？！；]+"
config = {"lang": ["en"], "separator": separator, "pipeline": ["stemmer"], "fields": {}}
config["fields"] = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
json.dump({"config": config, "docs": docs}, open(sys.argv[2], "w", encoding="utf-8"))
"""


def install(scratch: Path) -> Path:
    """Install what the others need below `scratch`; returns the Python that has it."""
    python = scratch / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(scratch / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *WHEELS], check=True)
    if not (scratch / "node_modules").exists():
        command = ["npm", "install", "--silent", "--prefix", str(scratch), MINISEARCH]
        subprocess.run(command, check=True)
    return python


def write_all(
    corpus: Corpus, scratch: Path, site: Path, python: Path
) -> tuple[dict[str, float], str]:
    """Write every contender's index into `site`; seconds of each, and the head of ours."""
    site.mkdir(parents=True, exist_ok=True)
    entries = site / "entries.json"
    entries.write_text(json.dumps(_plain(corpus.entries), ensure_ascii=False), encoding="utf-8")
    own, head = write_ours(corpus, site)
    seconds = {"minisearch": 0.0, "ours": own}
    outputs = (("pagefind", _PAGEFIND, "pagefind"), ("material", _JIEBA, "material.json"))
    for name, code, out in outputs:
        started = time.perf_counter()
        subprocess.run([python, "-c", code, str(entries), str(site / out)], check=True)
        seconds[name] = time.perf_counter() - started
    _copy_scripts(scratch, site)
    return seconds, head


def write_ours(corpus: Corpus, site: Path) -> tuple[float, str]:
    """Write our index into `site`, and a page to ask it from; its seconds and its head."""
    started = time.perf_counter()
    rows = list(map(chunk_json, row_chunks(corpus.records)))
    findable = Findable(corpus.entries, rows, corpus.entries[:1], corpus.synonyms)
    files = write_search(findable, {})
    seconds = time.perf_counter() - started
    for name, data in files.files.items():
        target = site / "ours" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    own = [ROOT / "theme/assets/js" / f"{name}.js" for name in SCRIPTS]
    (site / "ours.js").write_bytes(b"\n".join(path.read_bytes() for path in own))
    (site / "harness.js").write_bytes(Path(__file__).with_name("harness.js").read_bytes())
    _write_page(site, "ours")
    return seconds, files.head


def _plain(entries: Sequence[Entry]) -> list[dict[str, object]]:
    return [
        {"id": n, "title": e.title, "names": " ".join((e.doc, *e.names)), "text": e.text}
        for n, e in enumerate(entries)
    ]


def _copy_scripts(scratch: Path, site: Path) -> None:
    index = scratch / "node_modules/minisearch/dist/umd/index.js"
    (site / "minisearch.js").write_bytes(index.read_bytes())
    folder = Path(material.__file__ or "").parent / "templates/assets/javascripts/workers"
    (worker,) = folder.glob("search.*.min.js")
    (site / "material.js").write_bytes(worker.read_bytes())
    for name in NAMES[1:]:
        _write_page(site, name)


def _write_page(site: Path, name: str) -> None:
    """A page that loads the scripts of a contender."""
    own = f'<script src="/{name}.js"></script>' if name in {"ours", "minisearch"} else ""
    text = f'<!doctype html><meta charset="utf-8">{own}<script src="/harness.js"></script>'
    (site / f"{name}.html").write_text(text, encoding="utf-8")
