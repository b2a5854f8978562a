/**
 * The search inside the file for a memory stick: the same that the site has, over an index that
 * lies in the file. Everything can be read without it.
 */
(() => {
  "use strict";

  const { find, inside } = window.scSearch;
  const MOST = 20;
  const PASSAGE = 60;
  const BEFORE = 16;

  document.body.classList.remove("no-js");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look = () => document.body.setAttribute("data-md-color-scheme", dark.matches ? "slate" : "default");
  dark.addEventListener("change", look);
  look();

  const box = /** @type {HTMLInputElement} */ (document.getElementById("sc-q"));
  const found = document.getElementById("sc-found");
  let store = null;
  let turn = 0;

  /** The index is read at the first question, not when the file opens. */
  const open = () => { store = store || inside(JSON.parse(document.getElementById("sc-index").textContent)); return store; };

  /** @param {string} text @param {string[]} words */
  function passage(text, words) {
    const places = words.map((word) => text.toLowerCase().indexOf(word)).filter((at) => at >= 0);
    const from = Math.max(0, (places.length ? Math.min(...places) : 0) - BEFORE);
    return text.slice(from, from + PASSAGE);
  }

  /** @param {string} tag @param {string} text */
  function make(tag, text) {
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  }

  async function show() {
    const mine = ++turn;
    const query = box.value.trim();
    const { top, groups, parts } = await find(open(), query);
    const hits = [...top, ...groups.flatMap((group) => group.hits)].slice(0, MOST);
    const texts = await Promise.all(hits.map(({ doc }) => store.text(doc.number)));
    if (mine !== turn) return;
    const list = document.createElement("ul");
    hits.forEach(({ doc }, i) => {
      const item = document.createElement("li");
      const link = make("a", doc.doc && !doc.title.includes(doc.doc) ? `${doc.doc} ${doc.title}` : doc.title);
      link.href = doc.url;
      item.append(link, make("p", passage(texts[i], parts)));
      list.append(item);
    });
    found.hidden = !query;
    found.replaceChildren(make("p", hits.length ? `找到 ${hits.length} 处` : `没有找到“${query}”，请看下面的目录。`), list);
  }

  box.addEventListener("input", (event) => { if (!event.isComposing) show(); });
  box.addEventListener("compositionend", show);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
})();
