/**
 * From a question to an ordered list: names first, then exact passages, then what comes near.
 *
 * @typedef {{doc: any, score: number, code: boolean, parts: string[]}} Hit
 */
(() => {
  "use strict";

  const { HAN, SAME, almost, ask, coreOf, fold, score, spells } = window.scSearch;
  const CODE = 5000; // a code that was asked for stands above all
  const PASSAGE = 200; // the question stands in the text as it was asked
  const NEAR = 320; // all pairs of the question stand in the text, weighed by how rare they are
  const TITLE = 220; // the same for the title
  const URGENT = 150; // a word of an emergency was said
  const SURE = 1500; // from here on a name answers, and between names the kind decides
  const ENOUGH = 0.34; // less than this of a question is no answer beside better ones
  const LEAST = 0.12; // less than this is none at all
  const IDENTITY = 5; // so many rows with one value are a list, no more the thing itself
  const FEW = 3; // exact passages that make near ones needless
  const MOST_NEAR = 20;
  const TOP = 3;
  const MOST_ROWS = 200;
  const NUMBER = /^[\d.-]+$/;
  const CODES = /[a-z0-9]+(?:[._-][a-z0-9]+)*/g;

  /** Neighbouring characters of pieces, each pair once. @param {string[]} pieces */
  const pairsOf = (pieces) => [...new Set(pieces.flatMap((piece) => {
    const chars = [...piece];
    return chars.slice(1).map((one, i) => chars[i] + one);
  }))];

  /** What nearness weighs: pairs with a Chinese character, and words of letters whole. @param {string[]} pieces */
  function unitsOf(pieces) {
    const pairs = pairsOf(pieces).filter((pair) => HAN.test(pair));
    const words = pieces.flatMap((piece) => piece.match(CODES) || []).filter((word) => word.length > 1 && !NUMBER.test(word));
    return { units: [...pairs, ...words], pairs: pairs.length };
  }

  /** Names that answer, best first by name. @param {any} store @param {any[]} questions */
  function byName(store, questions) {
    const found = new Map();
    for (const doc of store.docs) {
      let best = 0;
      for (const name of [doc.folded, ...doc.names]) best = Math.max(best, score(questions, name));
      if (best) found.set(doc.number, best);
    }
    return found;
  }

  /** Docs whose code was written in the question. @param {any} store @param {string} whole */
  function byCode(store, whole) {
    const codes = new Set(whole.match(CODES) || []);
    return new Set(store.docs.filter((doc) => doc.doc && codes.has(doc.doc.toLowerCase())).map((doc) => doc.number));
  }

  /** Docs that hold the question, or all pieces of it. @param {any} store @param {any[]} questions */
  async function byPassage(store, questions) {
    const found = new Set();
    for (const { whole, pieces } of questions) {
      for (const number of await store.phrase(whole)) found.add(number);
      const [first, ...others] = (await Promise.all(pieces.map(store.phrase))).map((list) => new Set(list));
      for (const number of first) if (others.every((list) => list.has(number))) found.add(number);
    }
    return found;
  }

  /** How much of the question each doc holds, by the weight of its pairs. @param {any} store @param {any} asked */
  async function byNearness(store, asked) {
    const { units, pairs } = unitsOf(asked.pieces);
    const lists = await Promise.all(units.map((unit, i) => (i < pairs ? store.pair(unit) : store.phrase(unit))));
    const weights = lists.map((list) => Math.log2((store.docs.length + 1) / (list.length + 0.5)));
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const text = new Map();
    lists.forEach((list, i) => {
      for (const number of list) text.set(number, (text.get(number) || 0) + weights[i] / total);
    });
    const title = (/** @type {any} */ doc) => units.reduce(
      (sum, unit, i) => sum + (doc.folded.includes(unit) || doc.names.some((name) => name.includes(unit)) ? weights[i] / total : 0), 0);
    return { text, title };
  }

  /** A title that is a question, without the words that only ask: only so a slip in it is near. */
  function asked(doc, words) {
    if (doc.kind !== "faq") return [];
    doc.core ??= coreOf(doc.title, words);
    return [doc.core];
  }

  /** Names that sound like the question, or differ in one character. @param {any} store @param {any[]} questions */
  async function bySound(store, questions) {
    const speak = await store.letters();
    const { whole, core } = questions[0];
    const typed = /^[a-z' ]+$/.test(whole) ? whole.replace(/[' ]/g, "") : "";
    const found = new Map();
    const spoken = speak(core).join(" ");
    for (const doc of store.docs) {
      let best = 0;
      for (const name of [doc.folded, ...asked(doc, store.words), ...doc.names]) {
        if (typed) best = Math.max(best, spells(typed, speak(name)));
        else if (name.length > 1 && !name.includes(" ")) best = Math.max(best, sounds(core, spoken, name, speak(name).join(" ")));
      }
      if (best) found.set(doc.number, best);
    }
    return found;
  }

  /** @param {string} core @param {string} spoken @param {string} name @param {string} read */
  function sounds(core, spoken, name, read) {
    if (spoken === read) return SAME - 300;
    if (name.length > 2 && almost(core, name)) return SAME - 500;
    if (` ${spoken} `.includes(` ${read} `)) return 250 + Math.floor((450 * name.length) / core.length);
    if (core.length > 1 && ` ${read} `.includes(` ${spoken} `)) return 200 + Math.floor((400 * core.length) / name.length);
    return 0;
  }

  /** Everything found, scored. @param {any} store @param {any[]} questions */
  async function weigh(store, questions) {
    const names = byName(store, questions);
    const codes = byCode(store, questions[0].whole);
    const passages = await byPassage(store, questions);
    const near = await byNearness(store, questions[0]);
    if (passages.size < FEW && Math.max(0, ...names.values()) < SURE) {
      for (const [number, worth] of await bySound(store, questions)) {
        names.set(number, Math.max(worth, names.get(number) || 0));
      }
    }
    const all = new Set([...names.keys(), ...codes, ...passages]);
    if (passages.size < FEW) for (const number of nearest(near, all, all.size ? ENOUGH : LEAST)) all.add(number);
    return [...all].map((number) => {
      const doc = store.docs[number];
      const name = names.get(number) || 0;
      const text = (passages.has(number) ? PASSAGE : 0) + NEAR * (near.text.get(number) || 0) + TITLE * near.title(doc);
      const value = name + (codes.has(number) ? CODE : 0) + (name < SURE ? text + doc.worth : text / 5 + doc.worth * 5)
        + (name && doc.steps.length ? URGENT : 0);
      return { doc, score: value };
    });
  }

  /** The docs that hold most of the question. */
  function nearest(near, known, least) {
    return [...near.text].filter(([number, share]) => share >= least && !known.has(number))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_NEAR).map(([number]) => number);
  }

  /** The best first, then the rest by kind. @param {Hit[]} hits */
  function arrange(hits) {
    hits.sort((a, b) => b.score - a.score || a.doc.number - b.doc.number);
    const top = hits.slice(0, TOP);
    const groups = [...new Set(hits.map((hit) => hit.doc.group))];
    return { top, groups: groups.map((title) => ({ title, hits: hits.slice(TOP).filter((hit) => hit.doc.group === title) }))
      .filter((group) => group.hits.length) };
  }

  /**
   * The answer to a question.
   * @param {any} store @param {string} query
   */
  async function find(store, query) {
    const questions = ask(query, store.words);
    if (!questions.length) return { parts: [], top: [], groups: [], rows: [], more: false, exact: true };
    const hits = await weigh(store, questions);
    const parts = marks(questions);
    const { rows, more, first, codes } = await rowsFor(store, questions);
    const wanted = first > 0 && !hits.some((hit) => hit.score >= (codes ? CODE : SURE));
    const { top, groups } = arrange(hits);
    return { parts, top: wanted ? [] : top, groups: wanted && top.length ? [{ title: "相关内容", hits: top }, ...groups] : groups,
      rows, wanted, more, near: top.length > 0 && top[0].score < NEAR };
  }

  /** Rows of records; those that bear the code, the day or the very name asked for come first. */
  async function rowsFor(store, questions) {
    const { whole, pieces } = questions[0];
    const codes = (whole.match(CODES) || []).filter((code) => code.length > 5 && /\d/.test(code));
    if (codes.length) return coded(store, codes, pieces);
    const { rows, more } = await store.rows(pieces, MOST_ROWS);
    const called = rows.filter((row) => row.title.split(" ").some((word) => fold(word) === whole));
    const holding = rows.filter((row) => row.text.split(" ").some((cell) => fold(cell) === whole));
    const first = called.length ? called : holding.slice(0, holding.length > IDENTITY ? 0 : IDENTITY);
    return { rows: [...first, ...rows.filter((row) => !first.includes(row))], more, first: first.length, codes: false };
  }

  /** Rows that bear codes or days, those named by them first, then those that hold more of the rest. */
  async function coded(store, codes, pieces) {
    const strict = await store.rows(pieces, MOST_ROWS);
    const { rows, more } = strict.rows.length ? strict : await store.rows(codes, MOST_ROWS);
    const rest = pairsOf(codes.reduce((left, code) => left.split(code).join(" "), pieces.join(" ")).split(" "));
    const held = (text) => rest.filter((pair) => text.includes(pair)).length;
    const weighed = rows.map((row) => ({ row, rest: held(row.folded) + held(row.title),
      borne: bears(row.title, codes) ? 2 : Number(bears(row.text, codes)) }));
    weighed.sort((a, b) => Number(b.rest > 0) - Number(a.rest > 0) || b.borne - a.borne || b.rest - a.rest);
    const first = weighed.filter((one) => one.borne && (!rest.length || one.rest));
    return { rows: weighed.map(({ row }) => row), more, first: first.length, codes: true };
  }

  /** Whether a text bears all codes, each whole or as the beginning of one: a month of a day. @param {string} text @param {string[]} codes */
  function bears(text, codes) {
    const borne = text.toLowerCase().match(CODES) || [];
    return codes.every((code) => borne.some((one) => one === code || one.startsWith(`${code}-`)));
  }

  /** What to mark in a passage: the question, its pieces, the same in other words. */
  const marks = (questions) => [...new Set(questions.flatMap(({ whole, pieces }) => [whole, ...pieces]))];

  /** The answer in one list, as others see it. @param {any} answer */
  function listed(answer) {
    const rows = answer.rows.map((row) => ({ doc: "", kind: "record", title: row.title, url: row.url }));
    const pages = [...answer.top, ...answer.groups.flatMap((group) => group.hits)]
      .map(({ doc }) => ({ doc: doc.doc, kind: doc.kind, title: doc.title, url: doc.url }));
    return answer.wanted ? [...rows, ...pages] : [...pages, ...rows];
  }

  Object.assign(window.scSearch, { find, listed });
})();
