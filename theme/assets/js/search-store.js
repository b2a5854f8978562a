/**
 * What the search reads: one head, then the shards and texts that a question needs, each once.
 * A copy without a network carries everything inside and is read in the same way.
 *
 * @typedef {{number: number, doc: string, kind: string, group: string, worth: number, title: string,
 *   url: string, names: string[], steps: string[], folded: string}} Doc
 * @typedef {{title: string, url: string, text: string, folded: string}} Row
 */
(() => {
  "use strict";

  const { fold, setVariants, speaker } = window.scSearch;
  const FIRST = 0x60; // where gaps begin; see generator/search/grams.py
  const FAR = 1000000;
  const SKIP = 0x5d;
  const QUAD = 4;
  const DAYS = /(?<!\d)\d{4}-\d\d-\d\d(?!\d)/g;

  /** Rising numbers from their gaps. @param {string} written */
  function readGaps(written) {
    const found = [];
    let place = -1;
    for (const one of written || "") {
      const code = one.codePointAt(0);
      if (code === SKIP) place += FAR;
      else found.push(place += code < 0xd800 ? code - FIRST : code - FIRST - 0x800);
    }
    return found;
  }

  /** @param {string} key @param {number} count */
  const shardOf = (key, count) => [...key].reduce((sum, one) => sum * 31 + one.codePointAt(0), 0) % count;

  /** Which of rising numbers is the last not above a value. @param {number[]} rising @param {number} value */
  function below(rising, value) {
    let low = 0;
    let high = rising.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (rising[middle] <= value) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Each thing fetched once; what failed may be tried again. @param {(name: string) => Promise<any>} get */
  function once(get) {
    const known = new Map();
    return (/** @type {string} */ name) => {
      if (!known.has(name)) known.set(name, get(name).catch((fault) => { known.delete(name); throw fault; }));
      return known.get(name);
    };
  }

  /** Everything but the texts, ready to be compared. @param {any} head */
  function unpack(head) {
    setVariants(head.variants);
    const docs = head.docs.map(([kind, doc, title, url, names, steps], number) => {
      const [name, group, worth] = head.kinds[kind];
      return { number, doc, kind: name, group, worth, title, url, names, steps, folded: fold(title) };
    });
    return { docs, words: { same: head.same, ignore: head.ignore }, edit: head.edit || "" };
  }

  /** A store that carries its texts inside. @param {any} index */
  function inside(index) {
    const texts = index.inside;
    const base = unpack(index);
    const folded = base.docs.map((doc, number) => `${doc.folded}\n${fold(texts[number])}`);
    const holding = (/** @type {string} */ part) => folded.flatMap((text, number) => (text.includes(part) ? [number] : []));
    return {
      ...base,
      offline: true,
      phrase: async (/** @type {string} */ text) => holding(text),
      pair: async (/** @type {string} */ pair) => holding(pair),
      text: async (/** @type {number} */ number) => texts[number],
      letters: async () => speaker(index.letters),
      rows: async () => ({ rows: [], more: false }),
    };
  }

  /** A store that fetches what it needs. @param {any} head @param {(path: string) => Promise<any>} load */
  function outside(head, load) {
    const base = unpack(head);
    const starts = readGaps(head.starts);
    const file = once((name) => load(name));
    const part = (/** @type {string} */ kind, /** @type {string} */ hash) => file(`assets/search/${kind}.${hash}.json`);
    const decoded = new Map();

    /** The places of a key. @param {string} kind @param {string[]} shards @param {string} key */
    async function places(kind, shards, key) {
      const shard = await part(kind, shards[shardOf(key, shards.length)]);
      const name = `${kind} ${key}`;
      if (!decoded.has(name)) decoded.set(name, readGaps(Object.hasOwn(shard, key) ? shard[key] : ""));
      return decoded.get(name);
    }
    const pairPlaces = (/** @type {string} */ key) => places("pairs", head.shards, key);
    /** @param {number[]} found */
    const docsOf = (found) => {
      const docs = [];
      for (const place of found) {
        const doc = below(starts, place);
        if (docs[docs.length - 1] !== doc) docs.push(doc);
      }
      return docs;
    };

    /** The docs that hold a text exactly. @param {string} text */
    async function phrase(text) {
      const chars = [...text];
      if (chars.length < 2) return pairPlaces(text);
      const cover = [];
      for (let at = 0; at < chars.length - 1; at += 2) cover.push(at);
      if (chars.length % 2) cover.push(chars.length - 2);
      const lists = await Promise.all(cover.map((at) => pairPlaces(chars[at] + chars[at + 1])));
      const order = cover.map((at, i) => ({ at, list: lists[i] })).sort((a, b) => a.list.length - b.list.length);
      let found = order[0].list.map((place) => place - order[0].at);
      for (const { at, list } of order.slice(1)) {
        if (!found.length) break;
        found = found.filter((start) => list[below(list, start + at)] === start + at);
      }
      return docsOf(found);
    }

    const chunk = once(async (hash) => (await load(`assets/search/rows.${hash}.json`))
      .map(([title, url, text]) => ({ title, url, text, folded: fold(`${title} ${text}`) })));

    /** Rows that hold every piece; some chunks at a time. @param {string[]} pieces @param {number} most */
    async function rows(pieces, most) {
      const { shards, chunks } = head.records || { shards: [], chunks: [] };
      const keys = pieces.flatMap(keysOf);
      if (!chunks.length || !keys.length) return { rows: [], more: false };
      const lists = await Promise.all(keys.map((key) => places("row-pairs", shards, key)));
      lists.sort((a, b) => a.length - b.length);
      const all = lists.slice(1).reduce((left, list) => left.filter((n) => list[below(list, n)] === n), lists[0]);
      const found = [];
      let read = 0;
      while (read < all.length && found.length < most && read < MOST_CHUNKS) {
        const some = await Promise.all(all.slice(read, read + AT_ONCE).map((n) => chunk(chunks[n])));
        read += some.length;
        for (const row of some.flat()) if (pieces.every((piece) => row.folded.includes(piece))) found.push(row);
      }
      return { rows: found.slice(0, most), more: read < all.length || found.length > most };
    }

    return {
      ...base,
      offline: false,
      phrase,
      rows,
      pair: async (/** @type {string} */ key) => docsOf(await pairPlaces(key)),
      /** @param {number} number */
      text: async (number) => {
        let first = 0;
        let chunk = 0;
        while (first + head.sizes[chunk] <= number) { first += head.sizes[chunk]; chunk += 1; }
        return (await part("texts", head.texts[chunk]))[number - first];
      },
      letters: once(async () => speaker(await file(head.letters))),
    };
  }
  const AT_ONCE = 4;
  const MOST_CHUNKS = 48;

  /** What a piece is listed under: pairs, and fours in a code. @param {string} piece */
  function keysOf(piece) {
    const chars = [...piece];
    const keys = new Set(chars.slice(1).map((one, i) => chars[i] + one));
    for (const day of piece.match(DAYS) || []) keys.add(day.replaceAll("-", ""));
    for (const [code] of piece.matchAll(/[!-~]{4,}/g)) {
      for (let at = 0; at + QUAD <= code.length; at += 1) keys.add(code.slice(at, at + QUAD));
    }
    return [...keys];
  }

  Object.assign(window.scSearch, { inside, outside, readGaps, shardOf });
})();
