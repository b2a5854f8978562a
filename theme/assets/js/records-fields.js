/**
 * The fields by which a record table is filtered, and what was chosen as words of an address.
 *
 * @typedef {import("./records-data").Question} Question
 */
(() => {
  "use strict";

  const FEW = 60; // so many different words are a list to choose from
  const NONE = "\u0000"; // stands for an empty cell in a list
  const KEYS = ["is", "has", "from", "to"];
  const INPUTS = { date: "date", yearmonth: "month", time: "time", integer: "number", number: "number" };

  /** @param {string} name @param {Record<string, string>} marks @param {...(Node|string)} inside */
  function make(name, marks = {}, ...inside) {
    const node = document.createElement(name);
    for (const [mark, value] of Object.entries(marks)) node.setAttribute(mark, value);
    node.append(...inside);
    return node;
  }

  /** @param {string} word @param {string} kind @param {number} c @param {Record<string, string>} wanted */
  function rangeField(word, kind, c, wanted) {
    const ends = [["from", "从"], ["to", "到"]].map(([key, end]) => make("input", {
      type: kind, "data-c": String(c), "data-key": key, "aria-label": `${word}，${end}`, value: wanted[key] || "",
      ...(kind === "number" ? { step: "any" } : {}),
    }));
    return make("div", { class: "sc-field", role: "group", "aria-label": word },
      make("span", {}, word), make("div", { class: "sc-range" }, ends[0], "至", ends[1]));
  }

  /** A range for numbers and days, a list for few words, else a piece of text; all rows must be there. */
  function makeField(table, column, c, wanted) {
    if (INPUTS[column.type]) return rangeField(column.title, INPUTS[column.type], c, wanted);
    const choices = column.kind !== "text" || column.choices.length ? table.choices(c) : [];
    const marks = { "data-c": String(c), "aria-label": column.title };
    if (!choices.length || choices.length > FEW) {
      return make("label", { class: "sc-field" }, make("span", {}, column.title),
        make("input", { type: "text", "data-key": "has", placeholder: "包含", value: wanted.has || "", ...marks }));
    }
    const options = [["", "全部"], ...choices.map((word) => [word, word]), [NONE, "（空）"]];
    const select = make("select", { "data-key": "is", ...marks }, ...options.map(([value, word]) => make("option", { value }, word)));
    select.value = wanted.is === "" ? NONE : wanted.is || "";
    return make("label", { class: "sc-field" }, make("span", {}, column.title), select);
  }

  /** @param {Element} fields @returns {Map<number, Record<string, string>>} */
  function readFields(fields) {
    const wanted = new Map();
    for (const input of fields.querySelectorAll("[data-c]")) {
      if (!input.value) continue;
      const c = Number(input.dataset.c);
      wanted.set(c, { ...wanted.get(c), [input.dataset.key]: input.value === NONE ? "" : input.value });
    }
    return wanted;
  }

  /** `-found_on`: the column sorted by, with a minus for downwards. @param {Question} question */
  const sortWord = (columns, question) => (question.sort < 0 ? "" : (question.down ? "-" : "") + columns[question.sort].name);

  /** @param {Question} question @param {string} word */
  function sortBy(columns, question, word) {
    question.sort = columns.findIndex((column) => column.name === word.replace(/^-/, ""));
    question.down = word.startsWith("-");
  }

  /** @param {Question} question @param {number} page */
  function writeQuery(columns, question, page) {
    const query = new URLSearchParams();
    if (question.q.trim()) query.set("q", question.q.trim());
    for (const [c, wanted] of question.wanted) {
      for (const [key, value] of Object.entries(wanted)) query.set(`${columns[c].name}.${key}`, value);
    }
    if (question.sort >= 0) query.set("sort", sortWord(columns, question));
    if (page > 1) query.set("page", String(page));
    return query.toString();
  }

  /** Reads what an address asks for into the question; gives the page. Names that are no columns are passed over. */
  function readQuery(columns, question, text) {
    const query = new URLSearchParams(text);
    question.q = query.get("q") || "";
    columns.forEach(({ name }, c) => {
      const keys = KEYS.filter((key) => query.has(`${name}.${key}`));
      if (keys.length) question.wanted.set(c, Object.fromEntries(keys.map((key) => [key, query.get(`${name}.${key}`)])));
    });
    sortBy(columns, question, query.get("sort") || "");
    return Number.parseInt(query.get("page") || "1", 10) || 1;
  }

  Object.assign(window.scRecords, { make, makeField, readFields, sortWord, sortBy, writeQuery, readQuery });
})();
