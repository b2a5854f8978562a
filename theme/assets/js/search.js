/**
 * Search of the whole site: suggestions under the box, the results page, and
 * window.safecampusSearch for others. Finds every substring; no word list.
 *
 * @typedef {{doc: string, kind: string, title: string, url: string, text?: string,
 *   headings?: [string, string][], keys?: string[]}} Doc
 * @typedef {{entry: Doc, score: number, exact: boolean, heading?: [string, string]}} Hit
 */
(() => {
  "use strict";

  /** Kinds in rank order with the heading of their group. */
  const KINDS = new Map([
    ["procedure", "应急处置"], ["policy", "制度"], ["clause", "实施方案"],
    ["section", "实施方案"], ["plan", "实施方案"],
    ["indicator", "指标"], ["page", "页面"], ["term", "术语"], ["source", "法规依据"],
    ["table", "记录表"], ["record", "记录"],
  ]);
  const ORDER = [...KINDS.keys()];
  const MOST = 200; // results in all
  const SUMMARY = 80; // a procedure's text begins with when to use it
  const FIRST = 10; // results of a group before it folds
  const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
  const LOOSE_SPACE = new RegExp(`(${CJK.source}) | (?=${CJK.source})`, "g");

  /** @param {string} name */
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") || "";
  const root = new URL((meta("sc-base") || ".").replace(/\/?$/, "/"), location.href);
  /** @param {string} url */
  const href = (url) => new URL(url, root).href;
  /** @param {string} kind */
  const kindName = (kind) => KINDS.get(kind) || "其他";
  /** @param {string} kind */
  const rank = (kind) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

  /** One spelling for all: width, case and spaces do not count. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").replace(LOOSE_SPACE, "$1");

  /** The text folded, and for each character of it its place in the original. @param {string} text */
  function foldWithPlaces(text) {
    let folded = "";
    let gap = false;
    let place = 0;
    const places = [];
    for (const char of text) {
      const part = char.normalize("NFKC").toLowerCase();
      if (part.trim()) {
        const words = gap && folded && !CJK.test(folded[folded.length - 1]) && !CJK.test(part[0]);
        const piece = words ? ` ${part}` : part;
        folded += piece;
        for (let i = 0; i < piece.length; i += 1) places.push(place);
      }
      gap = !part.trim();
      place += char.length;
    }
    return { folded, places };
  }

  /** @type {Promise<{entry: Doc, title: string, keys: string[], headings: string[], text: string}[]> | null} */
  let loading = null;

  /** The index, fetched once and folded; a failed fetch is tried again at the next search. */
  function load() {
    loading = loading || fetch(meta("sc-search-index"))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then(({ documents }) => documents.map((/** @type {Doc} */ entry) => ({
        entry,
        title: fold(entry.title),
        keys: [entry.doc, ...(entry.keys || [])].map(fold),
        headings: (entry.headings || []).map(([, words]) => fold(words)),
        text: fold(entry.text || ""),
      })))
      .catch((fault) => { loading = null; throw fault; });
    return loading;
  }

  /** All words must occur: title or key 3, heading 2, body 1 each. @returns {Hit | null} */
  function weigh(page, words) {
    let score = 0;
    let heading;
    for (const word of words) {
      const at = page.headings.findIndex((h) => h.includes(word));
      if (page.title.includes(word) || page.keys.some((key) => key.includes(word))) score += 3;
      else if (at >= 0) { score += 2; heading = heading || page.entry.headings[at]; }
      else if (page.text.includes(word)) score += 1;
      else return null;
    }
    const whole = words.join("");
    const exact = /^[\w.-]+$/.test(whole) && page.keys.includes(whole);
    return { entry: page.entry, score: score / words.length + (page.title === whole ? 1 : 0), exact, heading };
  }

  /** @param {string[]} words @returns {Promise<Hit[]>} */
  async function match(words) {
    const hits = (await load()).map((page) => weigh(page, words)).filter(Boolean);
    return hits.sort((a, b) => Number(b.exact) - Number(a.exact) || rank(a.entry.kind) - rank(b.entry.kind)
      || b.score - a.score || a.entry.title.length - b.entry.title.length || (a.entry.doc < b.entry.doc ? -1 : 1));
  }

  /** @param {string} word */
  function pieces(word) {
    if (!("Segmenter" in Intl)) return word.match(/.{1,2}/gu) || [];
    return [...new Intl.Segmenter("zh", { granularity: "word" }).segment(word)].map((part) => part.segment);
  }

  /** Procedures whose title or summary holds the parts of the query, when none holds it whole. */
  async function meant(exact, words, parts) {
    if (parts.length === words.length || exact.some((hit) => hit.exact || hit.entry.kind === "procedure")) return [];
    return (await load())
      .filter(({ entry, title, text }) => entry.kind === "procedure"
        && parts.every((part) => title.includes(part) || text.slice(0, SUMMARY).includes(part)))
      .map(({ entry }) => ({ entry, score: 0, exact: false }));
  }

  /** @param {string} query */
  async function find(query) {
    const words = query.normalize("NFKC").trim().split(/\s+/).map(fold).filter(Boolean);
    if (!words.length) return { hits: [], words, loose: false };
    const parts = words.flatMap(pieces);
    const exact = await match(words);
    const hits = exact.length ? [...await meant(exact, words, parts), ...exact] : [];
    if (hits.length) return { hits: hits.slice(0, MOST), words, loose: false };
    const loose = parts.length > words.length ? await match(parts) : [];
    return { hits: loose.slice(0, MOST), words: loose.length ? parts : words, loose: loose.length > 0 };
  }

  /** @param {string} query */
  window.safecampusSearch = async (query) => (await find(query)).hits
    .map(({ entry: { doc, kind, title, url } }) => ({ doc, kind, title, url }));

  /** An element with class, attributes and children; strings become text, never markup. */
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** The text as nodes, every word marked. @param {string} text @param {string[]} words */
  function marked(text, words) {
    const { folded, places } = foldWithPlaces(text);
    const spans = [];
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        const last = places[at + word.length - 1];
        spans.push([places[at], last + (text.codePointAt(last) > 0xffff ? 2 : 1)]);
      }
    }
    const nodes = [];
    let done = 0;
    for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
      if (start < done) continue;
      nodes.push(text.slice(done, start), make("mark", {}, text.slice(start, end)));
      done = end;
    }
    return [...nodes, text.slice(done)];
  }

  /** The passage around the first hit. @param {string} text @param {string[]} words */
  function passage(text, words) {
    const { folded, places } = foldWithPlaces(text);
    const found = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
    const from = found.length ? Math.max(0, places[Math.min(...found)] - 24) : 0;
    const to = Math.min(text.length, from + 110);
    return [from ? "…" : "", ...marked(text.slice(from, to), words), to < text.length ? "…" : ""];
  }

  /** @param {Hit} hit @param {string[]} words */
  function result({ entry, heading }, words) {
    const item = make("li", { class: "sc-result", "data-kind": entry.kind },
      make("a", { class: "sc-result__title", "data-doc": entry.doc, href: href(entry.url) },
        make("span", {}, ...marked(entry.title, words)),
        make("span", { class: "sc-result__doc" }, entry.title.includes(entry.doc) ? "" : entry.doc)));
    if (entry.text) item.append(make("p", { class: "sc-result__text" }, ...passage(entry.text, words)));
    if (heading) {
      item.append(make("a", { class: "sc-result__section", href: href(entry.url.replace(/(#.*)?$/, `#${heading[0]}`)) },
        "› ", ...marked(heading[1], words)));
    }
    return item;
  }

  /** @param {string} title @param {Hit[]} hits @param {string[]} words */
  function group(title, hits, words) {
    const list = (some) => make("ul", { class: "sc-results__list" }, ...some.map((hit) => result(hit, words)));
    const part = make("section", {}, make("h2", {}, `${title} ${hits.length}`), list(hits.slice(0, FIRST)));
    if (hits.length > FIRST) {
      part.append(make("details", { class: "sc-fold" },
        make("summary", {}, `其余 ${hits.length - FIRST} 条`), list(hits.slice(FIRST))));
    }
    return part;
  }

  /** @param {string} query @param {Element} place */
  async function offer(query, place) {
    const all = (await load()).map((page) => page.entry).filter((entry) => entry.kind === "procedure");
    place.replaceChildren(make("p", { class: "sc-results__count", role: "status" }, `没有找到“${query}”。换个说法，或直接看应急程序：`),
      make("ul", { class: "sc-list" }, ...all.map((entry) => make("li", { class: "sc-list__item" },
        make("a", { class: "sc-list__title", href: href(entry.url) }, entry.title)))));
  }

  /** @param {string} query @param {Element} place */
  async function showResults(query, place) {
    const { hits, words, loose } = await find(query);
    if (!hits.length) return offer(query, place);
    const count = hits.length === MOST ? `只列出前 ${MOST} 条` : `找到 ${hits.length} 条`;
    const said = loose ? `没有与“${query}”完全一致的内容，以下 ${hits.length} 条包含其中各个词` : count;
    const groups = new Map();
    for (const hit of hits) {
      const title = hit.exact ? "编号相符" : kindName(hit.entry.kind);
      groups.set(title, [...(groups.get(title) || []), hit]);
    }
    return place.replaceChildren(make("p", { class: "sc-results__count", role: "status" }, said),
      ...[...groups].map(([title, some]) => group(title, some, words)));
  }

  /** @param {HTMLFormElement} form */
  function suggest(form) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    input.id = input.id || `sc-q-${forms.indexOf(form)}`;
    const list = make("ul", { class: "sc-suggest", id: `${input.id}-list`, role: "listbox", "aria-label": "建议", hidden: "" });
    form.append(list);
    let chosen = -1;
    let turn = 0;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);

    const choose = (at) => {
      chosen = at;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    };
    const update = async () => {
      const mine = ++turn;
      const { hits, words } = await find(input.value).catch(() => ({ hits: [], words: [] }));
      if (mine !== turn) return;
      list.replaceChildren(...hits.slice(0, 6).map(({ entry }, i) => {
        const item = make("li", { class: "sc-suggest__item", role: "option", id: `${list.id}-${i}`, "data-href": href(entry.url) },
          make("span", {}, ...marked(entry.title, words)), make("span", {}, kindName(entry.kind)));
        item.addEventListener("click", () => location.assign(href(entry.url)));
        return item;
      }));
      choose(-1);
      show(hits.length > 0 && document.activeElement === input);
    };
    show(false);
    input.addEventListener("focus", () => { load().catch(() => {}); if (input.value) update(); });
    input.addEventListener("input", (event) => { if (!event.isComposing) update(); });
    input.addEventListener("compositionend", update);
    input.addEventListener("blur", () => setTimeout(() => show(false), 200));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("keydown", (event) => {
      const many = list.children.length;
      if (event.isComposing || list.hidden || !many) return;
      if (event.key === "ArrowDown") choose(chosen + 1 < many ? chosen + 1 : -1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? many - 1 : chosen - 1);
      else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].getAttribute("data-href"));
      else if (event.key === "Escape") show(false);
      else return;
      event.preventDefault();
    });
  }

  const forms = [...document.querySelectorAll("form.sc-search")];
  if (meta("sc-search-index")) forms.forEach(suggest);

  const place = document.querySelector("#sc-search-results");
  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  if (place && query) {
    forms.forEach((form) => { form.elements.namedItem("q").value = query; });
    document.title = `${query} - ${document.title}`;
    showResults(query, place).catch(() => place.prepend(
      make("p", { class: "sc-note", "data-kind": "warning", role: "alert" }, "搜索索引没有加载成功，请检查网络后再试。")));
  }
})();
