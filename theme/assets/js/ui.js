/**
 * Small aids on every page. The page is complete without them: copy the address
 * of a clause, warn about old figures, say which build this is, light or dark,
 * the keyboard. Search itself is search.js.
 */
(() => {
  "use strict";

  /** @param {string} name */
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") || "";
  const all = (selector) => [...document.querySelectorAll(selector)];

  /* ---------- copy the address of a part of the page ---------- */

  /** On plain http there is no clipboard interface; a selected field and the old command do. */
  function copyOldWay(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "sc-sr";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  /** @param {string} text @returns {Promise<boolean>} */
  async function copy(text) {
    if (!window.isSecureContext || !navigator.clipboard) return copyOldWay(text);
    return navigator.clipboard.writeText(text).then(() => true, () => copyOldWay(text));
  }

  /** @param {HTMLElement} button */
  async function copyAddress(button) {
    const address = new URL(button.dataset.copy || "", location.href).href;
    const word = button.querySelector("[data-sc-word]") || button;
    const before = word.textContent;
    if (!(await copy(address))) {
      window.prompt("复制这个地址：", address);
      return;
    }
    word.textContent = "已复制";
    setTimeout(() => { word.textContent = before; }, 2000);
  }

  for (const button of all(".sc-copy")) {
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copyAddress(button));
  }

  /* ---------- old figures say so ---------- */

  const DAY = 24 * 60 * 60 * 1000;

  /** Whole days from a date to today in the reader's calendar. @param {string} date */
  function daysSince(date) {
    const [year, month, day] = date.split("-").map(Number);
    const now = new Date();
    return Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.UTC(year, month - 1, day)) / DAY);
  }

  /* The first day that is seen: on a new school's home page the figures are folded away. */
  const dated = all("[data-as-of]").find((node) => node.checkVisibility?.() ?? node.offsetParent);
  const age = dated && !meta("sc-sample") ? daysSince(dated.dataset.asOf) : 0;
  if (age > 2) {
    const warning = document.createElement("span");
    warning.className = "sc-stale";
    warning.textContent = `这些数字是 ${age} 天前的，网站可能没有更新。告诉网站管理员。`;
    dated.append(warning);
  }

  /* ---------- which build is this ---------- */

  /** Counts and commit live in one JSON file, so that no page changes with every build. */
  async function sayBuild(node) {
    const base = meta("sc-base").replace(/\/?$/, "/");
    const answer = await fetch(new URL(`${base}api/build.json`, location.href));
    if (!answer.ok) return;
    const { commit, problems = {} } = await answer.json();
    const parts = [commit && `版本 ${String(commit).slice(0, 8)}`,
      problems.errors > 0 && `错误 ${problems.errors}`, problems.reminders > 0 && `提醒 ${problems.reminders}`];
    node.textContent = parts.filter(Boolean).map((part) => ` · ${part}`).join("");
    node.hidden = !node.textContent;
  }

  all("[data-sc-build]").forEach((node) => sayBuild(node).catch(() => {}));

  /* ---------- a copy on this device ---------- */

  /** Only https and the machine itself may keep a copy; elsewhere there is the file to download. */
  const mayKeep = window.isSecureContext && "serviceWorker" in navigator && meta("sc-worker");

  /** Says which copy lies on this device; its mark is written only when it is complete. */
  async function sayCopy(node) {
    const names = (await caches.keys()).filter((name) => name.startsWith("safecampus-"));
    const marks = await Promise.all(names.map(async (name) => (await caches.open(name)).match(new URL("offline-copy.json", new URL(meta("sc-worker"), location.href)))));
    const facts = await Promise.all(marks.filter(Boolean).map((mark) => mark.json()));
    const newest = facts.sort((a, b) => (a.as_of < b.as_of ? 1 : -1))[0];
    if (!newest) return;
    node.textContent = `本机已有离线副本：${newest.pages.length} 页，数据截至 ${newest.as_of}，断网也能打开。`;
    node.hidden = false;
  }

  if (mayKeep) {
    const sayAll = () => all("[data-sc-copy]").forEach((node) => sayCopy(node).catch(() => {}));
    sayAll();
    window.addEventListener("load", () => {
      navigator.serviceWorker.register(meta("sc-worker"), { updateViaCache: "none" })
        .then(() => navigator.serviceWorker.ready).then(sayAll).catch(() => {});
    });
  }

  /* ---------- light or dark ---------- */

  const looks = all("[data-sc-look]");
  const markLook = (chosen) => looks.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.scLook === chosen)));

  looks.forEach((button) => button.addEventListener("click", () => {
    const look = button.dataset.scLook;
    window.__md_set("__look", look === "system" ? "" : look);
    window.scLook();
    markLook(look);
  }));
  if (looks.length) markLook(window.scLook());

  /* ---------- reaching the search box ---------- */

  /* On a phone the icon opens the box under the header; without this script it is a link to the page. */
  const opener = document.querySelector("[data-sc-search-open]");
  opener?.setAttribute("aria-expanded", "false");
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    const header = opener.parentElement;
    const open = header.dataset.search !== "open";
    header.dataset.search = open ? "open" : "closed";
    opener.setAttribute("aria-expanded", String(open));
    if (open) header.querySelector('input[name="q"]').focus();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const box = all('form.sc-search input[name="q"]').find((input) => input.offsetParent);
    if (box) box.focus();
    else opener?.click();
  });

  /* ---------- menu on a phone: the label becomes a button for keyboard and screen reader ---------- */

  const drawer = document.getElementById("__drawer");
  for (const label of all(".sc-header__menu")) {
    const button = document.createElement("button");
    const say = () => button.setAttribute("aria-expanded", String(Boolean(drawer?.checked)));
    button.type = "button";
    button.className = label.className;
    button.setAttribute("aria-label", label.getAttribute("aria-label"));
    button.append(...label.childNodes);
    button.addEventListener("click", () => drawer?.click());
    drawer?.addEventListener("change", say);
    label.replaceWith(button);
    say();
  }

  /* Escape closes the menu and goes back to its button; leaving it closes it. */
  const menu = document.querySelector("button.sc-header__menu");
  const inMenu = (node) => node instanceof Element && Boolean(node.closest(".md-sidebar--primary"));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.click();
    if (inMenu(document.activeElement)) menu?.focus();
  });
  document.addEventListener("focusin", (event) => {
    if (drawer?.checked && !inMenu(event.target) && event.target !== menu) drawer.click();
  });

  /* ---------- tables: those that fit let the heading stick to the page ---------- */

  /* All are measured before any is changed: the page is laid out once, not once for each table. */
  const fitAll = () => {
    const wraps = all(".sc-tablewrap");
    wraps.forEach((wrap) => wrap.removeAttribute("data-fits"));
    const fitting = wraps.map((wrap) => {
      const table = wrap.querySelector("table");
      return Boolean(table && table.scrollWidth <= wrap.clientWidth + 1);
    });
    wraps.forEach((wrap, i) => {
      wrap.toggleAttribute("data-fits", fitting[i]);
      wrap.tabIndex = fitting[i] ? -1 : 0;
    });
  };
  window.addEventListener("resize", fitAll);
  window.addEventListener("load", () => {
    fitAll();
    /* A table that fits no longer scrolls by itself: the row that was asked for is sought again. */
    document.querySelector(".sc-tablewrap :target")?.scrollIntoView({ block: "center" });
  });

  /* ---------- paper ---------- */

  all("[data-sc-print]").forEach((button) => button.addEventListener("click", () => window.print()));

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details.sc-fold:not([open])");
    folded.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((part) => { part.open = false; });
  });
})();
