/**
 * Service worker: keeps the emergency pages on this device. The build puts the list of files
 * before this text: `const COPY = {name, asOf, files: [[path, sha256], …], pages: [path, …], fallback: path}`.
 *
 * A new copy is gathered aside and checked file by file. Only when it is complete does it take
 * the place of the old one; whatever goes wrong before that leaves the old one as it is.
 */
/* global COPY */
"use strict";

const PREFIX = "safecampus-";
const MARK = "offline-copy.json"; // written last: a copy that has it is complete
const PATIENCE = 3000; // milliseconds until a slow network is given up for a page that is kept
const root = new URL("./", self.location.href);
const address = (path) => new URL(path, root).href;

/** SHA-256 as hexadecimal digits. @param {ArrayBuffer} data */
async function digest(data) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file as an earlier copy holds it, or from the server; refused when its hash is another. */
async function gather([path, hash]) {
  const known = await caches.match(`${address(path)}?${hash}`);
  if (known) return known;
  const answer = await fetch(address(path), { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const data = await answer.arrayBuffer();
  if (await digest(data) !== hash) throw new Error(`${path}: changed while it was fetched`);
  return new Response(data, { headers: { "content-type": answer.headers.get("content-type") || "" } });
}

async function install() {
  const copy = await caches.open(PREFIX + COPY.name);
  for (const [path, hash] of COPY.files) {
    await copy.put(`${address(path)}?${hash}`, await gather([path, hash]));
  }
  const facts = JSON.stringify({ as_of: COPY.asOf, pages: COPY.pages, files: COPY.files.length });
  await copy.put(address(MARK), new Response(facts, { headers: { "content-type": "application/json" } }));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + COPY.name)
    .map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The kept file for a path below the root, or undefined. @param {string} path */
async function kept(path) {
  const entry = COPY.files.find(([name]) => name === path);
  const copy = entry && await caches.open(PREFIX + COPY.name);
  return copy ? copy.match(`${address(path)}?${entry[1]}`) : undefined;
}

/** A page of the copy with the line that says so made visible. @param {string} path */
async function keptPage(path) {
  const answer = await kept(path);
  if (!answer) return undefined;
  const text = (await answer.text()).replace("data-sc-offline hidden", "data-sc-offline");
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The server itself: an answer that the browser remembers would hide that there is none. @param {Request} request */
const asked = (request) => fetch(request, { cache: "no-cache" });

/** The network, but not for ever. @param {Request} request */
function inTime(request) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("late")), PATIENCE);
    asked(request).then(resolve, reject).finally(() => clearTimeout(late));
  });
}

/** @param {Request} request @param {string} path */
async function page(request, path) {
  const file = COPY.pages.includes(path) ? `${path}index.html` : path;
  const have = COPY.files.some(([name]) => name === file);
  try {
    const answer = await (have ? inTime(request) : asked(request));
    if (answer.status < 500) return answer;
    return (await keptPage(file)) || answer;
  } catch {
    return (await keptPage(file)) || (await keptPage(COPY.fallback)) || Response.error();
  }
}

/** @param {Request} request @param {string} path */
async function file(request, path) {
  const hashed = path.startsWith("assets/");
  const early = hashed ? await kept(path) : undefined;
  if (early) return early;
  try {
    return await fetch(request);
  } catch {
    return (await kept(path)) || Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(root.href)) return;
  const path = decodeURIComponent(url.pathname.slice(root.pathname.length));
  event.respondWith(request.mode === "navigate" ? page(request, path) : file(request, path));
});
