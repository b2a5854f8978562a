/**
 * From a question to an ordered list: names first, then exact passages, then what comes near.
 *
 * @typedef {{doc: any, score: number, near: boolean}} Hit
 */
(() => {
  "use strict";

  const { CODES, LETTERS, ask, byNearness, bySound, fold, nearest, pairsOf, plainCode, score, slips } = window.scSearch;
  const CODE = 5000; // a code that was asked for stands above all
  const PASSAGE = 200; // the question stands in the text as it was asked
  const NEAR = 320; // all pairs of the question stand in the text, weighed by how rare they are
  const TITLE = 400; // the same for the title
  const URGENT = 150; // a word of an emergency was said
  const SURE = 1500; // from here on a name answers, and between names the kind decides
  const UNNAMED = 0.4; // how much of its worth a kind keeps when no name answers
  const ENOUGH = 0.34; // less than this of a question is no answer beside better ones
  const LEAST = 0.25; // less than this is none at all
  const IDENTITY = 5; // so many rows with one value are a list, no more the thing itself
  const FEW = 3; // exact passages that make near ones needless
  const TOP = 3;
  const MOST_ROWS = 200;
  const APART = /[a-z]+ \d+[a-z]?/g; // a code with a blank in it

  /** Names that answer, and the names that stand in the question. @param {any} store @param {any[]} questions */
  function byName(store, questions) {
    const found = new Map();
    const called = new Map();
    for (const doc of store.docs) {
      let best = 0;
      for (const name of [doc.folded, ...doc.names]) {
        const value = score(questions, name);
        if (value > best) {
          best = value;
          called.set(doc.number, name);
        }
      }
      if (best) found.set(doc.number, best);
    }
    return { found, called };
  }

  /** A word that is only a part of a longer one in the question is not what was said: 灭火 in 灭火器. */
  function swallowed(called, whole) {
    const said = new Set([...called.values()].filter((name) => !name.includes(" ") && whole.includes(name)));
    return new Set([...called].filter(([, name]) => said.has(name)
      && [...said].some((other) => other.length > name.length && other.includes(name))).map(([number]) => number));
  }

  /** Docs whose code was written in the question. @param {any} store @param {string} whole */
  function byCode(store, whole) {
    const codes = new Set([...whole.match(CODES) || [], ...whole.match(APART) || []].map(plainCode));
    return new Set(store.docs.filter((doc) => doc.doc && codes.has(plainCode(doc.doc.toLowerCase()))).map((doc) => doc.number));
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

  /** Everything found, scored. @param {any} store @param {any[]} questions */
  async function weigh(store, questions) {
    const { whole } = questions[0];
    const { found: names, called } = byName(store, questions);
    const parts = swallowed(called, whole);
    const typed = LETTERS.test(whole);
    const codes = byCode(store, whole);
    const passages = await byPassage(store, questions);
    const near = await byNearness(store, questions[0]);
    if (passages.size < FEW && Math.max(0, ...names.values()) < SURE) {
      for (const [number, worth] of await bySound(store, questions, near.written)) {
        names.set(number, Math.max(worth, names.get(number) || 0));
      }
    }
    const all = new Set([...names.keys(), ...codes, ...passages]);
    if (passages.size < FEW) for (const number of nearest(near, all, all.size ? ENOUGH : LEAST)) all.add(number);
    const urgent = (doc) => doc.steps.length && !parts.has(doc.number) && !(typed && (names.get(doc.number) || 0) < SURE);
    const slipped = all.size ? new Map() : slips(store, questions[0].core);
    for (const number of slipped.keys()) all.add(number);
    return [...all].map((number) => {
      const doc = store.docs[number];
      const name = names.get(number) || 0;
      const known = Boolean(name) || codes.has(number) || passages.has(number);
      const text = (slipped.get(number) || 0) + (passages.has(number) ? PASSAGE : 0) + NEAR * (near.text.get(number) || 0) + TITLE * (near.title.get(number) || 0);
      const value = name + (codes.has(number) ? CODE : 0) + (name < SURE ? text + doc.worth * (name ? 1 : UNNAMED) : text / 5 + doc.worth * 5)
        + (name && urgent(doc) ? URGENT : 0);
      return { doc, score: value, near: !known };
    });
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
      rows, wanted, more, near: top.length > 0 && top[0].near };
  }

  /** Rows of records; those that bear the code, the day or the very name asked for come first. */
  async function rowsFor(store, questions) {
    const { whole, pieces } = questions[0];
    const codes = (whole.match(CODES) || []).filter((code) => code.length > 5 && /\d/.test(code));
    if (codes.length) return coded(store, codes, questions[0]);
    const { rows, more } = await store.rows(pieces, MOST_ROWS);
    const called = rows.filter((row) => row.title.split(" ").some((word) => fold(word) === whole));
    const holding = rows.filter((row) => row.text.split(" ").some((cell) => fold(cell) === whole));
    const first = called.length ? called : holding.slice(0, holding.length > IDENTITY ? 0 : IDENTITY);
    return { rows: [...first, ...rows.filter((row) => !first.includes(row))], more, first: first.length, codes: false };
  }

  /** Rows that bear codes or days, those named by them first, then those that hold more of the rest. */
  async function coded(store, codes, { whole, pieces }) {
    const bare = (/** @type {string} */ text) => codes.reduce((left, code) => left.split(code).join(" "), text).split(" ").filter(Boolean);
    const rest = pairsOf(bare(pieces.join(" ")));
    const every = bare(whole); // words that only ask may stand in a row
    let { rows, more } = await store.rows([...codes, ...every], MOST_ROWS);
    for (const fewer of [pieces, codes]) if (!rows.length) ({ rows, more } = await store.rows(fewer, MOST_ROWS));
    const held = (/** @type {string} */ text) => rest.filter((pair) => text.includes(pair)).length;
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
