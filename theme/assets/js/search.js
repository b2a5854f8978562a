/**
 * The box on every page, the results page, and window.safecampusSearch for others.
 * What is found and in which order, search-rank.js decides; this file only shows it.
 */
(() => {
  "use strict";

  const { find, listed, foldWithPlaces, inside, outside } = window.scSearch;
  const FIRST = 10; // results of a group before it folds
  const SUGGESTIONS = 7;
  const AROUND = 24; // characters before the passage
  const PASSAGE = 110;

  /** @param {string} name */
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") || "";
  const root = new URL((meta("sc-base") || ".").replace(/\/?$/, "/"), location.href);
  /** @param {string} url */
  const href = (url) => new URL(url, root).href;

  /** Only a name with a hash may come out of the browser's memory unasked. @param {string} address */
  async function getJson(address) {
    const hashed = /\.[0-9a-f]{8}\.json$/.test(address);
    const answer = await fetch(address, { cache: hashed ? "default" : "no-cache" });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return answer.json();
  }

  /** The whole index, or the small one that the offline copy holds. */
  async function openStore() {
    try {
      return outside(await getJson(meta("sc-search-index")), (path) => getJson(href(path)));
    } catch (fault) {
      if (!meta("sc-search-offline")) throw fault;
      return inside(await getJson(meta("sc-search-offline")));
    }
  }
  /** @type {Promise<any> | null} */
  let opening = null;
  const open = () => {
    opening = opening || openStore().catch((fault) => { opening = null; throw fault; });
    return opening;
  };

  /** The answer; a missing piece of the index is answered from the offline copy. @param {string} query */
  async function answerTo(query) {
    const store = await open();
    try {
      return { store, answer: await find(store, query) };
    } catch (fault) {
      if (!meta("sc-search-offline")) throw fault;
      const small = inside(await getJson(meta("sc-search-offline")));
      return { store: small, answer: await find(small, query) };
    }
  }

  /** @param {string} query */
  window.safecampusSearch = async (query) => listed((await answerTo(String(query))).answer);

  /** An element with attributes and children; strings become text, never markup. */
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** Where the words stand in a text, longest first, none twice. @param {string} text @param {string[]} words */
  function spansOf(text, words) {
    const { folded, places } = foldWithPlaces(text);
    const spans = [];
    for (const word of [...words].sort((a, b) => b.length - a.length)) {
      if (!word) continue;
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        const last = places[at + word.length - 1];
        const span = [places[at], last + (text.codePointAt(last) > 0xffff ? 2 : 1)];
        if (!spans.some(([start, end]) => span[0] < end && start < span[1])) spans.push(span);
      }
    }
    return spans.sort((a, b) => a[0] - b[0]);
  }

  /** The text as nodes, every word marked. @param {string} text @param {string[]} words */
  function marked(text, words) {
    const nodes = [];
    let done = 0;
    for (const [start, end] of spansOf(text, words)) {
      nodes.push(text.slice(done, start), make("mark", {}, text.slice(start, end)));
      done = end;
    }
    return [...nodes, text.slice(done)];
  }

  /** The passage around the first and longest of the words. @param {string} text @param {string[]} words */
  function passage(text, words) {
    const spans = spansOf(text, words);
    const best = spans.reduce((left, span) => (!left || span[1] - span[0] > left[1] - left[0] ? span : left), null);
    const from = best ? Math.max(0, best[0] - AROUND) : 0;
    const to = Math.min(text.length, from + PASSAGE);
    return [from ? "…" : "", ...marked(text.slice(from, to), words), to < text.length ? "…" : ""];
  }

  /** What is marked where nothing stands whole: its pairs. @param {string[]} parts @param {string} text */
  function wordsIn(parts, text) {
    const { folded } = foldWithPlaces(text);
    if (parts.some((part) => part.length > 1 && folded.includes(part))) return parts;
    return parts.flatMap((part) => [...part].slice(1).map((one, i) => [...part][i] + one));
  }

  /** @param {any} store @param {any} doc @param {string[]} parts @param {boolean} first */
  function result(store, doc, parts, first) {
    const item = make("li", { class: "sc-result", "data-kind": doc.kind },
      make("a", { class: "sc-result__title", "data-doc": doc.doc, href: href(doc.url) },
        make("span", {}, ...marked(doc.title, parts)),
        make("span", { class: "sc-result__doc" }, doc.title.includes(doc.doc) ? "" : doc.doc)));
    if (first && doc.steps.length) {
      item.classList.add("sc-result--urgent");
      item.append(make("ol", { class: "sc-result__steps", "aria-label": "第一分钟" },
        ...doc.steps.map((step) => make("li", {}, step))));
      return item;
    }
    const text = make("p", { class: "sc-result__text" });
    item.append(text);
    store.text(doc.number).then((words) => text.append(...passage(words, wordsIn(parts, words))),
      () => text.remove());
    return item;
  }

  /** @param {any} row @param {string[]} parts */
  const rowResult = (row, parts) => make("li", { class: "sc-result", "data-kind": "record" },
    make("a", { class: "sc-result__title", "data-doc": "", href: href(row.url) }, make("span", {}, ...marked(row.title, parts))),
    make("p", { class: "sc-result__text" }, ...passage(row.text, parts)));

  /** A list under a heading; what is over the first few is made when it is opened. */
  function group(title, makers, count) {
    const list = (some) => make("ul", { class: "sc-results__list" }, ...some.map((one) => one()));
    const part = make("section", {}, make("h2", {}, `${title} ${count}`), list(makers.slice(0, FIRST)));
    const rest = makers.slice(FIRST);
    if (!rest.length) return part;
    const fold = make("details", { class: "sc-fold" }, make("summary", {}, `其余 ${rest.length} 条`));
    fold.addEventListener("toggle", () => fold.append(list(rest)), { once: true });
    part.append(fold);
    return part;
  }

  /** @param {any} store */
  const hint = (store) => make("p", { class: "sc-results__hint" }, "没找到想要的？换个说法试试",
    ...(store.edit ? ["，或者", make("a", { href: store.edit }, "把你的说法加进同义词")] : ["，或者把你的说法告诉安全管理部门，加进同义词"]), "。");

  /** @param {any} store @param {string} query @param {Element} place */
  function offer(store, query, place) {
    const all = store.docs.filter((doc) => doc.kind === "procedure");
    place.replaceChildren(make("p", { class: "sc-results__count", role: "status" }, `没有找到“${query}”。换个说法，或直接看应急程序：`),
      make("ul", { class: "sc-list" }, ...all.map((doc) => make("li", { class: "sc-list__item" },
        make("a", { class: "sc-list__title", href: href(doc.url) }, doc.title)))), hint(store));
  }

  /** @param {any} store @param {any} answer @param {string} query */
  function said(store, answer, query) {
    const count = answer.top.length + answer.groups.reduce((sum, one) => sum + one.hits.length, 0) + answer.rows.length;
    const where = store.offline ? "现在连不上网络，只搜了离线副本。" : "";
    const many = answer.more ? `找到 ${count} 条以上` : `找到 ${count} 条`;
    return `${where}${answer.near ? `没有与“${query}”完全一致的内容，以下 ${count} 条最接近` : many}`;
  }

  /** @param {string} query @param {Element} place */
  async function showResults(query, place) {
    const shown = query.length > 40 ? `${query.slice(0, 40)}…` : query;
    const { store, answer } = await answerTo(query);
    if (!answer.top.length && !answer.groups.length && !answer.rows.length) return offer(store, shown, place);
    const makers = (hits) => hits.map(({ doc }) => () => result(store, doc, answer.parts, false));
    const best = answer.top.map(({ doc }, i) => result(store, doc, answer.parts, i === 0));
    const rows = answer.rows.length
      ? [group("记录", answer.rows.map((row) => () => rowResult(row, answer.parts)), `${answer.rows.length}${answer.more ? "+" : ""}`)] : [];
    const pages = answer.groups.map(({ title, hits }) => group(title, makers(hits), hits.length));
    return place.replaceChildren(make("p", { class: "sc-results__count", role: "status" }, said(store, answer, shown)),
      ...(best.length ? [make("section", { class: "sc-results__best" }, make("h2", {}, "最相关"), make("ul", { class: "sc-results__list" }, ...best))] : []),
      ...(answer.wanted ? [...rows, ...pages] : [...pages, ...rows]), hint(store));
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
    const show = (open_) => {
      list.hidden = !open_;
      input.setAttribute("aria-expanded", String(open_));
      if (!open_) choose(-1);
    };
    const option = (entry, group_, parts, i) => {
      const item = make("li", { class: "sc-suggest__item", role: "option", id: `${list.id}-${i}`, "data-href": href(entry.url) },
        make("span", {}, ...marked(entry.title, parts)), make("span", {}, group_));
      item.addEventListener("click", () => location.assign(href(entry.url)));
      return item;
    };
    const update = async () => {
      const mine = ++turn;
      const found = await answerTo(input.value).catch(() => null);
      if (mine !== turn) return;
      const { top = [], groups = [], rows = [], parts = [] } = found ? found.answer : {};
      const pages = [...top, ...groups.flatMap((one) => one.hits)].map(({ doc }) => [doc, doc.group]);
      const records = rows.map((row) => [row, "记录"]);
      const all = found && found.answer.wanted ? [...records, ...pages] : [...pages, ...records];
      list.replaceChildren(...all.slice(0, SUGGESTIONS).map(([entry, name], i) => option(entry, name, parts, i)));
      choose(-1);
      show(all.length > 0 && document.activeElement === input);
    };
    show(false);
    input.addEventListener("focus", () => { open().catch(() => {}); if (input.value) update(); });
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
    document.title = `${query.slice(0, 40)} - ${document.title}`;
    showResults(query, place).catch(() => place.replaceChildren(
      make("p", { class: "sc-note", "data-kind": "warning", role: "alert" }, "搜索没有加载成功，请检查网络后再试；着急就直接看“紧急”。")));
  }
})();
