/**
 * A record table as data: a sheet that says what there is, and parts of rows that are fetched as
 * needed, each once. Columns are kept as numbers of words, so that a hundred thousand rows are
 * filtered word by word and then counted through.
 *
 * @typedef {{name: string, title: string, type: string, kind: string, choices: string[]}} Column
 * @typedef {{has?: string, is?: string, from?: string, to?: string}} Wanted
 * @typedef {{q: string, wanted: Map<number, Wanted>, sort: number, down: boolean}} Question
 */
(() => {
  "use strict";

  const AT_ONCE = 4;
  const words = new Intl.Collator("zh-CN", { numeric: true });

  /** One spelling for wide and narrow, large and small letters. @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  /** @param {Response} answer */
  function readAnswer(answer) {
    if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
    return answer.json();
  }

  /** @param {string} address of the sheet */
  async function openTable(address) {
    const base = new URL(address, location.href);
    const sheet = await fetch(base).then(readAnswer);
    return new Table(sheet, base);
  }

  class Table {
    constructor(sheet, base) {
      this.sheet = sheet;
      this.base = base;
      this.count = sheet.count;
      /** @type {Column[]} */
      this.columns = sheet.columns;
      this.store = sheet.columns.map(() => ({ words: [], numbers: new Map(), cells: new Int32Array(sheet.count) }));
      this.lines = new Int32Array(sheet.count);
      this.files = new Uint8Array(sheet.count);
      this.anchors = new Map();
      this.changed = new Map();
      this.parts = sheet.parts.map(() => null);
    }

    /** Every row of the numbers is there afterwards. @param {ArrayLike<number>} rows */
    need(rows) {
      const parts = new Set(Array.from(rows, (row) => Math.floor(row / this.sheet.size)));
      return Promise.all([...parts].map((part) => this.load(part)));
    }

    /** All rows; `say` hears how many parts are there. @param {(done: number, of: number) => void} say */
    async needAll(say = () => {}) {
      const waiting = this.parts.map((_, number) => number);
      let done = 0;
      const work = async () => {
        while (waiting.length) {
          await this.load(waiting.shift());
          say(done += 1, this.parts.length);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    }

    /** @param {number} number */
    load(number) {
      this.parts[number] ??= fetch(new URL(this.sheet.parts[number], this.base)).then(readAnswer)
        .then((part) => this.take(part, number * this.sheet.size))
        .catch((error) => { this.parts[number] = null; throw error; });
      return this.parts[number];
    }

    take(part, first) {
      part.columns.forEach(([texts, places], c) => {
        const { words: known, numbers, cells } = this.store[c];
        const own = texts.map((text) => {
          if (!numbers.has(text)) numbers.set(text, known.push(text) - 1);
          return numbers.get(text);
        });
        if (places) places.forEach((place, i) => { cells[first + i] = own[place]; });
        else own.forEach((number, i) => { cells[first + i] = number; });
      });
      part.lines.forEach((line, i) => { this.lines[first + i] = line; });
      (part.files || []).forEach((file, i) => { this.files[first + i] = file; });
      for (const [i, anchor] of Object.entries(part.anchors || {})) this.anchors.set(first + Number(i), anchor);
      for (const [i, day] of Object.entries(part.changed || {})) this.changed.set(first + Number(i), day);
    }

    /** @param {number} row @param {number} column */
    cell(row, column) {
      const { words: known, cells } = this.store[column];
      return known[cells[row]];
    }

    /** @param {number} row */
    anchor(row) {
      return this.anchors.get(row) ?? `r-${this.cell(row, 0)}`;
    }

    /** The words of a column that occur, in the order they are listed in. @param {number} column */
    choices(column) {
      const { choices } = this.columns[column];
      const own = this.store[column].words.filter(Boolean);
      return choices.length ? choices : [...own].sort(words.compare);
    }

    /** The row of an anchor, or -1; all rows must be there. @param {string} anchor */
    find(anchor) {
      for (const [row, own] of this.anchors) if (own === anchor) return row;
      const number = this.store[0].numbers.get(anchor.replace(/^r-/, ""));
      const row = number === undefined ? -1 : this.store[0].cells.indexOf(number);
      return row >= 0 && !this.anchors.has(row) ? row : -1;
    }

    /** The numbers of the rows asked for, in the order asked for. @param {Question} question */
    ask(question) {
      const terms = fold(question.q).split(/\s+/).filter(Boolean);
      const kept = new Uint8Array(this.count).fill(1);
      for (const [column, wanted] of question.wanted) this.keep(kept, column, fits(this.columns[column], wanted));
      for (const term of terms) this.keepAny(kept, (word) => fold(word).includes(term));
      const rows = [];
      for (let row = 0; row < this.count; row += 1) if (kept[row]) rows.push(row);
      return question.sort < 0 ? rows : this.sorted(rows, question.sort, question.down);
    }

    /** @param {Uint8Array} kept @param {number} column @param {(word: string) => boolean} test */
    keep(kept, column, test) {
      const { words: known, cells } = this.store[column];
      const good = known.map(test);
      for (let row = 0; row < kept.length; row += 1) if (!good[cells[row]]) kept[row] = 0;
    }

    /** @param {Uint8Array} kept @param {(word: string) => boolean} test */
    keepAny(kept, test) {
      const found = new Uint8Array(kept.length);
      for (const { words: known, cells } of this.store) {
        const good = Uint8Array.from(known, (word) => (test(word) ? 1 : 0));
        if (good.includes(1)) for (let row = 0; row < found.length; row += 1) found[row] |= good[cells[row]];
      }
      for (let row = 0; row < kept.length; row += 1) kept[row] &= found[row];
    }

    /** Empty cells come last either way; equal ones keep the order of the table. */
    sorted(rows, column, down) {
      const { words: known, cells } = this.store[column];
      const compare = comparing(this.columns[column]);
      const order = known.map((_, number) => number).sort((a, b) => compare(known[a], known[b]));
      const rank = new Int32Array(known.length);
      order.forEach((number, place) => { rank[number] = known[number] === "" ? known.length : down ? -place : place; });
      return rows.sort((a, b) => rank[cells[a]] - rank[cells[b]] || a - b);
    }
  }

  /** @param {Column} column @param {Wanted} wanted @returns {(word: string) => boolean} */
  function fits(column, wanted) {
    if (wanted.is !== undefined) return (word) => word === wanted.is;
    if (wanted.has !== undefined) {
      const piece = fold(wanted.has.trim());
      return (word) => fold(word).includes(piece);
    }
    const measure = column.kind === "number" ? Number : (text) => text;
    const [from, to] = [wanted.from, wanted.to].map((end) => (end ? measure(end) : null));
    return (word) => word !== "" && (from === null || measure(word) >= from) && (to === null || measure(word) <= to);
  }

  /** Choices go by their declared order, numbers by size, words by pinyin. @param {Column} column */
  function comparing(column) {
    if (column.choices.length) return (a, b) => column.choices.indexOf(a) - column.choices.indexOf(b);
    if (column.kind === "number") return (a, b) => Number(a) - Number(b);
    if (column.kind === "day") return (a, b) => (a < b ? -1 : Number(a > b));
    return words.compare;
  }

  window.scRecords = { openTable };
})();
