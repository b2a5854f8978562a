/**
 * Text as the search compares it: folding, questions, names, pinyin. No page, no network.
 *
 * generator/search/folding.py and asking.py do the same at build time; the table
 * tests/search_table.json is run through both.
 *
 * @typedef {{whole: string, pieces: string[], core: string}} Question
 * @typedef {{same: string[][], ignore: string[]}} Words
 */
(() => {
  "use strict";

  const SAME = 2000;
  const LONGEST = 64;
  const SHORTEST = 2;
  const GAP = "\n"; // where a part was found; folded text has none
  const MOST = 6;
  const HAN = /[\u2e80-\u9fff\uf900-\ufaff]/;
  const LOOSE = new RegExp(`(?<=${HAN.source}) | (?=${HAN.source})`, "g");
  const MARKS = /[\s,;:!?、。·…~|"'“”‘’《》〈〉「」『』【】()[\]{}<>]+/;
  const SPOKEN = /[a-z0-9]/;
  const ASIDE = /[(（].*$/; // a title's remark in brackets
  const EDGE = /^[./ -]+|[./ -]+$/g;

  /** @type {Map<string, string>} traditional to simplified */
  let variants = new Map();

  /** @param {string} pairs characters in pairs: traditional, simplified */
  function setVariants(pairs) {
    const all = [...pairs];
    variants = new Map();
    for (let i = 0; i < all.length; i += 2) variants.set(all[i], all[i + 1]);
  }

  /** @param {string} text */
  const even = (text) => {
    const plain = text.normalize("NFKC").toLowerCase();
    return variants.size ? plain.replace(/[\u3400-\u9fff]/g, (one) => variants.get(one) || one) : plain;
  };

  /** One spelling for all: width, case, spaces and traditional characters do not count. */
  const fold = (text) => even(text).replace(/\s+/g, " ").replace(LOOSE, "").trim();

  /** The text folded, and for each character of it its place in the original. @param {string} text */
  function foldWithPlaces(text) {
    let folded = "";
    let gap = false;
    let place = 0;
    const places = [];
    for (const char of text) {
      const part = even(char);
      if (part.trim()) {
        const words = gap && folded && !HAN.test(folded[folded.length - 1]) && !HAN.test(part[0]);
        const piece = words ? ` ${part}` : part;
        folded += piece;
        for (let i = 0; i < piece.length; i += 1) places.push(place);
      }
      gap = !part.trim();
      place += char.length;
    }
    return { folded, places };
  }

  /** At most so many characters, none cut in half. @param {string} text */
  const short = (text) => (text.length > LONGEST ? [...text].slice(0, LONGEST).join("") : text);

  /** The text cut at marks and at words that only ask. @param {string} text @param {Words} words */
  function cut(text, words) {
    const bare = words.ignore.reduce((left, word) => left.split(word).join(" "), text);
    for (const form of [bare, text]) {
      const pieces = form.split(MARKS).map((piece) => piece.replace(EDGE, "")).filter(Boolean);
      if (pieces.length) return pieces;
    }
    return [text];
  }

  /** What is left of a text without the words that only ask. @param {string} text @param {Words} words */
  const coreOf = (text, words) => cut(fold(text), words).join("");

  /** @param {string} whole @param {string[]} pieces @returns {Question} */
  const question = (whole, pieces) => ({ whole, pieces, core: pieces.join("") });

  /** The question, then the same in other words; empty when nothing was asked. @param {string} query @param {Words} words */
  function ask(query, words) {
    const given = query.slice(0, 4 * LONGEST);
    const whole = short(fold(given));
    if (!whole) return [];
    const spaced = short(given.split(/\s+/).map(fold).join(" ").trim());
    const found = [question(whole, cut(spaced, words))];
    for (const group of words.same) {
      const member = [...group].sort((a, b) => b.length - a.length).find((one) => whole.includes(one));
      for (const other of member ? group : []) {
        if (other !== member && found.length < MOST) {
          found.push(question(whole.split(member).join(other), cut(spaced.split(member).join(other), words)));
        }
      }
    }
    return found;
  }

  /** @type {Map<string, string[][]>} what each part of a name may be, the longest first */
  const parsed = new Map();

  /** A name with blanks holds parts; a part is one of the words between its bars. @param {string} name */
  function partsOf(name) {
    let parts = parsed.get(name);
    if (!parts) {
      parts = name.split(" ").map((part) => part.split("|").sort((a, b) => b.length - a.length));
      parsed.set(name, parts);
    }
    return parts;
  }

  /** How many characters of a text the parts of a name cover, each its own; 0 when one is not in it. @param {string} whole @param {string} name */
  function cover(whole, name) {
    let left = whole;
    for (const part of partsOf(name)) {
      const said = part.find((word) => left.includes(word));
      if (!said) return 0;
      left = left.replace(said, GAP);
    }
    return whole.length - left.replaceAll(GAP, "").length;
  }

  /** @param {Question} asked @param {string} name */
  function scoreOne(asked, name) {
    const { whole, pieces, core } = asked;
    const { length } = core;
    if ([name, name.replaceAll(" ", "")].some((one) => one === whole || one === core)) return SAME;
    const covered = cover(whole, name);
    if (covered >= SHORTEST) return 250 + Math.floor((650 * Math.min(covered, length)) / length);
    if (name.includes("|") || length < SHORTEST || !pieces.every((piece) => name.includes(piece))) return 0;
    if (pieces.length > 1 && length === name.replaceAll(" ", "").length) return SAME - 50;
    return 400 + Math.floor((500 * Math.min(length, name.length)) / name.length);
  }

  /** How well a folded name answers: 0 not at all. @param {Question[]} questions @param {string} name */
  const score = (questions, name) => (name
    ? questions.reduce((best, asked, turn) => Math.max(best, scoreOne(asked, name) - 10 * turn), 0) : 0);

  /** Readings of names. @param {{syllables: Record<string, string>, exceptions: Record<string, string>}} letters */
  function speaker({ syllables, exceptions }) {
    const single = new Map();
    for (const [syllable, chars] of Object.entries(syllables)) for (const one of chars) single.set(one, syllable);
    /** @param {string} text */
    return (text) => (exceptions[text] ? exceptions[text].split(" ") : [...text].map((one) => single.get(one) || one));
  }

  /** How well typed letters spell a name: whole, by first letters, or from the beginning. */
  function spells(letters, syllables) {
    const said = syllables.filter((one) => SPOKEN.test(one)); // marks are not typed
    const all = said.join("");
    const first = said.map((one) => one[0]).join("");
    if (!all) return 0;
    if (letters === all) return SAME - 100;
    if (letters === first && letters.length > 1) return SAME - 200;
    if (letters.length < SHORTEST) return 0;
    const near = Math.floor((300 * letters.length) / all.length);
    if (all.startsWith(letters)) return 500 + near;
    if (letters.length > 3 && all.includes(letters)) return 300 + near;
    return letters.length > 2 && first.startsWith(letters) ? 300 + near : 0;
  }

  /** What stands for a longer title: its characters in order, to the last of the title. @param {string} text @param {string} title */
  function shortens(text, title) {
    const whole = title.replace(ASIDE, "");
    if (text.length <= SHORTEST || text.length >= whole.length || text.at(-1) !== whole.at(-1)) return 0;
    let at = -1;
    for (const one of text) {
      at = whole.indexOf(one, at + 1);
      if (at < 0) return 0;
    }
    return SAME - 700 + Math.floor((100 * text.length) / whole.length);
  }

  /** A code as it is compared: `EP1`, `ep 01` and `EP-01` are one. @param {string} code */
  const plainCode = (code) => code.replace(/^([a-z]+)[ _-]?0*(?=\d)/, "$1");

  /** One character wrong, missing or too many. @param {string} a @param {string} b */
  function almost(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    return a.slice(at + 1) === b.slice(at + 1) || a.slice(at) === b.slice(at + 1) || a.slice(at + 1) === b.slice(at);
  }

  Object.assign(window.scSearch = window.scSearch || {}, {
    HAN, SAME, almost, ask, coreOf, cover, fold, foldWithPlaces, plainCode, score, setVariants, shortens, speaker, spells,
  });
})();
