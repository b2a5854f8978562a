/**
 * The search inside the file for a memory stick. Every substring is found; several words must
 * all occur in one section. The file is complete without it.
 */
(() => {
  "use strict";

  document.body.classList.remove("no-js");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look = () => document.body.setAttribute("data-md-color-scheme", dark.matches ? "slate" : "default");
  dark.addEventListener("change", look);
  look();

  const AROUND = 18;
  const MOST = 30;

  /** One spelling for all: width, case and spaces do not count. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

  /** Each article, and each part of it below a heading with an anchor. */
  const places = [...document.querySelectorAll("article")].flatMap((article) => {
    const title = article.dataset.title;
    const head = { title, anchor: article.id, rank: 0, text: [article.dataset.doc, title, article.dataset.keys].join(" ") };
    const parts = [...article.querySelectorAll("h3[id]")].map((heading) => {
      const words = [];
      let node = heading.nextElementSibling;
      while (node && node.tagName !== "H3") {
        words.push(node.textContent);
        node = node.nextElementSibling;
      }
      const inside = words.length ? words.join(" ") : heading.parentElement.textContent;
      return { title: `${title} · ${heading.textContent}`, anchor: heading.id, rank: 1, text: `${heading.textContent} ${inside}` };
    });
    const whole = { title, anchor: article.id, rank: 2, text: article.textContent };
    return [head, ...parts, whole];
  }).map((place) => ({ ...place, folded: fold(place.text), plain: place.text.replace(/\s+/g, " ").trim() }));

  /** @param {string} query */
  function find(query) {
    const words = query.split(/\s+/).map(fold).filter(Boolean);
    if (!words.length) return [];
    const hits = places.filter(({ folded }) => words.every((word) => folded.includes(word)));
    hits.sort((a, b) => a.rank - b.rank);
    const seen = new Set();
    return hits.filter(({ anchor, rank }) => {
      const article = document.getElementById(anchor).closest("article").id;
      const known = seen.has(anchor) || (rank === 2 && seen.has(article));
      seen.add(anchor).add(article);
      return !known;
    }).slice(0, MOST).map((hit) => ({ ...hit, passage: passage(hit.plain, query.trim().split(/\s+/)[0]) }));
  }

  /** @param {string} text @param {string} word */
  function passage(text, word) {
    const at = Math.max(0, text.toLowerCase().indexOf(word.toLowerCase()));
    return text.slice(Math.max(0, at - AROUND), at + 3 * AROUND);
  }

  const box = /** @type {HTMLInputElement} */ (document.getElementById("sc-q"));
  const found = document.getElementById("sc-found");

  function show() {
    const query = box.value.trim();
    const hits = find(query);
    found.hidden = !query;
    const count = document.createElement("p");
    count.textContent = hits.length ? `找到 ${hits.length} 处` : `没有找到“${query}”，请看下面的目录。`;
    const list = document.createElement("ul");
    for (const hit of hits) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${hit.anchor}`;
      link.textContent = hit.title;
      const text = document.createElement("p");
      text.textContent = hit.passage;
      item.append(link, text);
      list.append(item);
    }
    found.replaceChildren(count, list);
  }

  box.addEventListener("input", (event) => { if (!event.isComposing) show(); });
  box.addEventListener("compositionend", show);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
})();
