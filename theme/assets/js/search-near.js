/**
 * What comes near a question: pages that hold much of it, names that sound like it or differ in one character.
 */
(() => {
  "use strict";

  const { HAN, SAME, almost, coreOf, shortens, spells } = window.scSearch;
  const MOST_NEAR = 20;
  const TITLED = new Set(["source", "policy", "procedure"]); // what people call by a shorter title
  const NUMBER = /^[\d.-]+$/;
  const LETTERS = /^[a-z' ]+$/;
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
    const written = new Set(units.filter((_, i) => lists[i].length));
    return { text, title: named(store, units), written };
  }

  const pairsOfNames = new WeakMap();

  /** Which docs have a pair in their title or a name, for all pairs; made once. @param {any} store */
  function namePairs(store) {
    let known = pairsOfNames.get(store);
    if (!known) {
      known = new Map();
      for (const doc of store.docs) {
        const pairs = new Set(pairsOf([doc.folded, ...doc.names].flatMap((name) => name.split(/[ |]/))));
        for (const pair of pairs) known.set(pair, [...known.get(pair) || [], doc.number]);
      }
      pairsOfNames.set(store, known);
    }
    return known;
  }

  /** How much of the question the title and the names of each doc hold, by the weight of its pairs. */
  function named(store, units) {
    const known = namePairs(store);
    const lists = units.map((unit) => known.get(unit) || []);
    const weights = lists.map((list) => Math.log2((store.docs.length + 1) / (list.length + 0.5)));
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const found = new Map();
    lists.forEach((list, i) => {
      for (const number of list) found.set(number, (found.get(number) || 0) + weights[i] / total);
    });
    return found;
  }

  /** A title that is a question, without the words that only ask: only so a slip in it is near. */
  function asked(doc, words) {
    if (doc.kind !== "faq") return [];
    doc.core ??= coreOf(doc.title, words);
    return [doc.core];
  }

  /** Names that sound like the question, or differ in one character. @param {any} store @param {any[]} questions @param {Set<string>} written pairs that texts hold */
  async function bySound(store, questions, written) {
    const speak = await store.letters();
    const { whole, core } = questions[0];
    const typed = LETTERS.test(whole) ? whole.replace(/[' ]/g, "") : "";
    const found = new Map();
    const spoken = speak(core).join(" ");
    for (const doc of store.docs) {
      let best = 0;
      for (const name of [doc.folded, ...asked(doc, store.words), ...doc.names]) {
        if (name.includes(" ")) continue;
        if (typed) best = Math.max(best, spells(typed, speak(name)));
        else if (name.length > 1) best = Math.max(best, sounds({ core, spoken, written }, name, speak(name).join(" ")));
      }
      if (TITLED.has(doc.kind)) best = Math.max(best, shortens(core, doc.folded));
      if (best) found.set(doc.number, best);
    }
    return found;
  }

  /** @param {{core: string, spoken: string, written: Set<string>}} asked @param {string} name @param {string} read */
  function sounds({ core, spoken, written }, name, read) {
    if (spoken === read) return SAME - 300;
    if (name.length > 2 && almost(core, name)) return SAME - 500;
    const at = ` ${spoken} `.indexOf(` ${read} `);
    if (at >= 0) {
      const first = spoken.slice(0, at).split(" ").length - 1; // 没有 is a word, not a slip for 煤油
      const heard = [...core].slice(first, first + [...name].length).join("");
      if (pairsOf([heard]).every((pair) => written.has(pair))) return 0;
      return 250 + Math.floor((450 * name.length) / core.length);
    }
    if (core.length > 1 && ` ${read} `.includes(` ${spoken} `)) return 200 + Math.floor((400 * core.length) / name.length);
    return 0;
  }

  /** Where nothing is found for two characters: procedures with a name that differs in one, those titled so first. @param {any} store @param {string} core */
  function slips(store, core) {
    const near = (/** @type {string} */ name) => name.length === 2 && (name[0] === core[0]) !== (name[1] === core[1]);
    const found = new Map();
    if (core.length !== 2 || !HAN.test(core)) return found;
    for (const doc of store.docs) {
      const names = doc.steps.length ? doc.names.filter(near) : [];
      if (names.length) found.set(doc.number, names.filter((/** @type {string} */ name) => doc.folded.includes(name)).length);
    }
    return found;
  }

  /** The docs that hold most of the question. */
  function nearest(near, known, least) {
    const numbers = [...new Set([...near.text.keys(), ...near.title.keys()])].filter((number) => !known.has(number));
    const shares = numbers.map((number) => [number, Math.max(near.text.get(number) || 0, near.title.get(number) || 0)]);
    return shares.filter(([, share]) => share >= least)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_NEAR).map(([number]) => number);
  }

  Object.assign(window.scSearch, { CODES, LETTERS, byNearness, bySound, nearest, pairsOf, slips });
})();
