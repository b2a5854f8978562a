/**
 * The page of a record table: find, filter by column, sort, page, download what is filtered. The
 * first rows and the whole as CSV are there without this script. What is chosen stands in the
 * address, so that a filtered list can be sent to somebody.
 */
(() => {
  "use strict";

  const { openTable, csv, xlsx, make, makeField, readFields, writeQuery, readQuery, sortBy, sortWord } = window.scRecords;
  const PRINTED = 2000;
  const form = document.querySelector("form[data-sc-records]");
  if (!form) return;

  const wrap = form.parentElement.querySelector("[data-table]");
  const body = wrap.querySelector("tbody");
  const heads = [...wrap.querySelectorAll("thead th")].slice(0, -1);
  let table;
  let found = null; // numbers of rows; null is every row in the order of the table
  let page = 1;
  let turn = 0;
  const question = { q: "", wanted: new Map(), sort: -1, down: false };

  const size = () => (found ? found.length : table.count);
  const pages = () => Math.max(1, Math.ceil(size() / table.sheet.page));
  const rowAt = (place) => (found ? found[place] : place);
  const asked = () => Boolean(question.q.trim() || question.wanted.size || question.sort >= 0);

  /* ---------- rows ---------- */

  const CLASSES = { number: "sc-num", day: "sc-date", text: "sc-text" };

  /** @param {number} row */
  function rowNode(row) {
    const line = make("tr", { id: table.anchor(row) });
    table.columns.forEach((column, c) => {
      const text = table.cell(row, c);
      const marks = { "data-label": column.title };
      if (c === 0) marks.scope = "row";
      if (CLASSES[column.kind] && (text || column.kind !== "text")) marks.class = CLASSES[column.kind];
      line.append(make(c ? "td" : "th", marks, text));
    });
    line.append(lineCell(row));
    return line;
  }

  function lineCell(row) {
    const { edit, files } = table.sheet;
    const word = `第 ${table.lines[row]} 行`;
    const address = edit && edit.replaceAll("{path}", files[table.files[row]]).replaceAll("{line}", table.lines[row]);
    const cell = make("td", { "data-label": "位置", class: "sc-line" }, address ? make("a", { href: address }, word) : word);
    if (table.changed.has(row)) cell.append(" ", make("small", {}, `${table.changed.get(row)} 改过`));
    return cell;
  }

  /** Shows the rows from one place to another, unless something newer was asked meanwhile. */
  async function show(first, last) {
    const mine = turn += 1;
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => rowAt(first + i));
    await table.need(rows);
    if (mine === turn) body.replaceChildren(...rows.map(rowNode));
    return mine === turn;
  }

  async function showPage() {
    page = Math.min(Math.max(1, page), pages());
    const first = (page - 1) * table.sheet.page;
    if (!await show(first, Math.min(first + table.sheet.page, size()))) return;
    say();
  }

  function say() {
    const first = (page - 1) * table.sheet.page;
    const shown = size() ? `第 ${first + 1}—${Math.min(first + table.sheet.page, size())} 条，` : "";
    count.textContent = size() < table.count ? `${shown}符合的 ${size()} 条，共 ${table.count} 条` : `${shown}共 ${table.count} 条`;
    nothing.hidden = size() > 0;
    pager.hidden = pages() < 2;
    number.value = String(page);
    number.max = String(pages());
    of.textContent = `/ ${pages()} 页`;
    back.disabled = page < 2;
    next.disabled = page >= pages();
    heads.forEach((head, c) => head.setAttribute("aria-sort", question.sort !== c ? "none" : question.down ? "descending" : "ascending"));
    sorting.value = sortWord(table.columns, question);
    clear.hidden = !asked();
    picked.textContent = question.wanted.size ? `按列筛选（${question.wanted.size}）` : "按列筛选";
    window.dispatchEvent(new Event("resize")); // marks of sorting make it wider: does it still fit?
  }

  /* ---------- asking ---------- */

  /** Answers the question; until all rows are there the count says how far it is. */
  async function answer(first = 1) {
    const mine = turn += 1;
    if (asked()) {
      await table.needAll((done, all) => { if (done < all) count.textContent = `正在读取 ${done} / ${all}`; });
      if (mine !== turn) return;
      found = table.ask(question);
    } else {
      found = null;
    }
    page = first;
    await showPage();
    remember();
  }

  /** Keeps what is chosen in the address, and the anchor as long as its row is shown. */
  function remember() {
    const text = writeQuery(table.columns, question, page);
    const mark = document.getElementById(hashed()) ? location.hash : "";
    history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${mark}`);
  }

  const hashed = () => decodeURIComponent(location.hash.slice(1));

  function recall() {
    const first = readQuery(table.columns, question, location.search);
    find.value = question.q;
    return first;
  }

  /** The fields need the words that occur, so all rows are read when they are first opened. */
  async function openFields() {
    if (fields.childElementCount) return;
    await table.needAll();
    if (!fields.childElementCount) fields.append(sortLabel, ...table.columns.map((column, c) => makeField(table, column, c, question.wanted.get(c) || {})));
  }

  /* ---------- the tools ---------- */

  const find = make("input", { type: "search", name: "q", autocomplete: "off" });
  const picked = make("summary", {}, "按列筛选");
  const fields = make("div", { class: "sc-recordtools__fields" });
  const choose = make("details", { class: "sc-recordtools__choose" }, picked, fields);
  const sorting = make("select", { name: "sort" });
  const sortLabel = make("label", { class: "sc-field sc-recordtools__sort" }, make("span", {}, "排序"), sorting);
  const clear = make("button", { type: "reset", class: "sc-button", hidden: "" }, "清除");
  const count = make("p", { class: "sc-recordtools__count", role: "status" });
  const button = (kind, word) => make("button", { type: "button", class: "sc-button", "data-sc-file": kind }, word);
  const files = [button("xlsx", "下载 Excel"), button("csv", "下载 CSV"), button("print", "打印")];
  const nothing = make("p", { class: "sc-note", hidden: "" }, "没有符合的记录。");
  const back = make("button", { type: "button", class: "sc-button" }, "上一页");
  const next = make("button", { type: "button", class: "sc-button" }, "下一页");
  const number = make("input", { type: "number", min: "1", "aria-label": "页码" });
  const of = make("span");
  const pager = make("nav", { class: "sc-recordpager", "aria-label": "分页", hidden: "" }, back, make("span", { class: "sc-range" }, "第", number, of), next);

  function furnish() {
    sorting.append(make("option", { value: "" }, "原来的顺序"), ...table.columns.flatMap(({ name, title }) => [
      make("option", { value: name }, `${title} ↑`), make("option", { value: `-${name}` }, `${title} ↓`)]));
    form.append(
      make("label", { class: "sc-field sc-recordtools__find" }, make("span", {}, "在这张表里查找"), find),
      make("div", { class: "sc-recordtools__files" }, ...files), choose,
      make("div", { class: "sc-recordtools__line" }, count, clear));
    wrap.after(nothing, pager);
    heads.forEach((head, c) => {
      const turnOver = make("button", { type: "button" }, head.textContent);
      turnOver.addEventListener("click", () => {
        const same = question.sort === c;
        if (same && question.down) question.sort = -1;
        else Object.assign(question, { sort: c, down: same });
        answer();
      });
      head.replaceChildren(turnOver);
    });
    document.querySelector(".sc-needs-none")?.remove();
    form.hidden = false;
  }

  let pause = 0;
  function listen() {
    find.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => { question.q = find.value; answer(); }, 150);
    });
    fields.addEventListener("change", () => { question.wanted = readFields(fields); answer(); });
    choose.addEventListener("toggle", () => { if (choose.open) openFields(); });
    sorting.addEventListener("change", (event) => { event.stopPropagation(); sortBy(table.columns, question, sorting.value); answer(); });
    form.addEventListener("submit", (event) => { event.preventDefault(); question.q = find.value; answer(); });
    form.addEventListener("reset", () => { forget(); answer(); find.focus(); });
    const turnTo = (to) => { page = to; showPage().then(remember); wrap.scrollTop = 0; form.scrollIntoView({ block: "nearest" }); };
    back.addEventListener("click", () => turnTo(page - 1));
    next.addEventListener("click", () => turnTo(page + 1));
    number.addEventListener("change", () => turnTo(Number.parseInt(number.value, 10) || 1));
    files.forEach((one) => one.addEventListener("click", () => give(one)));
    window.addEventListener("hashchange", seek);
  }

  function forget() {
    find.value = "";
    fields.replaceChildren();
    Object.assign(question, { q: "", wanted: new Map(), sort: -1, down: false });
    found = null;
    if (choose.open) openFields();
  }

  /* ---------- files and paper ---------- */

  const cells = (place) => table.columns.map((_, c) => table.cell(rowAt(place), c));

  async function give(one) {
    const kind = one.dataset.scFile;
    one.disabled = true;
    try {
      await table.needAll();
      if (kind === "print") return await print();
      const title = table.sheet.title;
      const blob = kind === "csv" ? await csv(table.columns, size(), cells) : await xlsx(title, table.columns, size(), cells);
      const link = make("a", { href: URL.createObjectURL(blob), download: `${title}${asked() ? "（筛选）" : ""}.${kind}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      return undefined;
    } finally {
      one.disabled = false;
    }
  }

  /** All rows that fit a reasonable pile of paper, then the page as it was. */
  async function print() {
    await show(0, Math.min(size(), PRINTED));
    if (size() > PRINTED) count.textContent = `打印前 ${PRINTED} 条，符合的共 ${size()} 条`;
    window.print();
    await showPage();
  }

  /* ---------- a row that a link names ---------- */

  /** The row may be on any page; the browser seeks it again when it is there. */
  async function seek() {
    const anchor = hashed();
    if (!anchor.startsWith("r-") || document.getElementById(anchor)) return;
    await table.needAll();
    const row = table.find(anchor);
    if (row < 0) return;
    let place = found ? found.indexOf(row) : row;
    if (place < 0) {
      forget();
      place = row;
    }
    page = Math.floor(place / table.sheet.page) + 1;
    await showPage();
    location.replace(location.hash);
    document.getElementById(anchor)?.scrollIntoView({ block: "center" });
  }

  /** Until the rows can be read the page stays what it is without a script. */
  openTable(form.dataset.scRecords).then(async (opened) => {
    table = opened;
    furnish();
    listen();
    const first = recall();
    if (asked() || first > 1) await answer(first);
    else say();
    await seek();
  }).catch((error) => {
    form.remove();
    console.warn(error);
  });
})();
