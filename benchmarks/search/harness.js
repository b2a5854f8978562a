/** The contenders under one roof: each opens an index and answers with numbers of entries in order. */
window.contenders = {
  ours: () => {
    let store;
    const get = async (path) => (await fetch(`/ours/${path}`)).json();
    return {
      open: async (head) => { store = window.scSearch.outside(await get(head), get); },
      search: async (query) => {
        const answer = await window.scSearch.find(store, query);
        const pages = [...answer.top, ...answer.groups.flatMap((group) => group.hits)].map(({ doc }) => doc.number);
        const rows = answer.rows.map((row) => row.title);
        if (pages.length) await store.text(pages[0]);
        return answer.wanted ? [...rows, ...pages] : [...pages, ...rows];
      },
    };
  },
  minisearch: () => {
    let index;
    const tokenize = (text) => (text.toLowerCase().match(/[a-z0-9][a-z0-9.-]*|[\u4e00-\u9fff]+/g) || []).flatMap((run) =>
      (run.charCodeAt(0) < 128 || run.length === 1 ? [run] : [...run].slice(1).map((one, i) => run[i] + one)));
    return {
      open: async () => {
        const docs = await (await fetch("/entries.json")).json();
        index = new window.MiniSearch({ fields: ["title", "names", "text"], tokenize, searchOptions: { boost: { title: 4, names: 3 } } });
        index.addAll(docs);
      },
      search: async (query) => {
        const all = index.search(query, { combineWith: "AND" });
        return (all.length ? all : index.search(query)).map((hit) => hit.id);
      },
    };
  },
  pagefind: () => {
    let module;
    const number = (url) => Number(url.split("/").pop());
    return {
      open: async () => { module = await import("/pagefind/pagefind.js"); await module.init(); },
      search: async (query) => {
        let { results } = await module.search(`"${query}"`);
        if (!results.length) ({ results } = await module.search(query));
        const some = await Promise.all(results.slice(0, window.all ? results.length : 3).map((one) => one.data()));
        return some.map((one) => number(one.url));
      },
    };
  },
  material: () => {
    let worker;
    const ask = (message, type) => new Promise((done) => {
      const hear = ({ data }) => { if (data.type === type) { worker.removeEventListener("message", hear); done(data.data); } };
      worker.addEventListener("message", hear);
      worker.postMessage(message);
    });
    return {
      open: async () => {
        worker = new Worker("/material.js");
        await ask({ type: 0, data: { ...(await (await fetch("/material.json")).json()), options: { suggest: false } } }, 1);
      },
      search: async (query) => {
        const { items } = await ask({ type: 2, data: query }, 3);
        return items.map((group) => Number(group[0].location));
      },
    };
  },
};
