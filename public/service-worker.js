// The service worker of 见习通: keeps the app itself, and a copy of the trainee's few pages, for when there is no network.
//
// It must never answer for the server (nothing is kept but whole pages and the app's own files), never show one person's
// page to another, and never break a page: whatever fails in here falls through to the network.
//
// The server replaces the next line with the version and the files of the real build.
const BUILD = /*__BUILD__*/ {version: "dev", precache: []};

const SHELL_PREFIX = "jianxi-shell-";
const SHELL = SHELL_PREFIX + BUILD.version;
const PAGES = "jianxi-pages";
const HOME = "/today";
const OFFLINE = "/offline.html";
/** How long a page may take before the kept copy is shown instead. */
const PATIENCE_MS = 4000;

const precached = new Set(BUILD.precache);
/** Raised when the kept pages are dropped: an answer asked for before that moment belongs to the person before. */
let person = 0;

// ---- life: install, wait, activate -------------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  // No skipWaiting: the open page runs on the files it began with, and offers the new version when one waits.
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

/** All files of this version, or no new version at all: an install that fails leaves the one before in place. */
async function fill() {
  const cache = await caches.open(SHELL);
  await Promise.all(BUILD.precache.map(async (path) => {
    // Names under /pkg/ carry a hash, so the browser's own cache is right; the others may be stale there.
    const answer = await fetch(new Request(path, {cache: path.startsWith("/pkg/") ? "default" : "reload"}));
    if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
    await cache.put(path, answer);
  }));
}

async function takeOver() {
  await self.clients.claim();
  await guarded(async () => {
    // A kept page names the hashed files of the version that rendered it: bring it up to date before they go.
    const pages = await caches.open(PAGES);
    const kept = await pages.keys();
    const renewed = await Promise.all(kept.map((request) => renew(pathOf(request.url))));
    if (renewed.every(Boolean)) await sweep();
  });
}

/** Deletes the files of other versions. */
async function sweep() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(SHELL_PREFIX) && name !== SHELL).map((name) => caches.delete(name)));
}

// ---- messages from the page --------------------------------------------------------------------------------------

self.addEventListener("message", (event) => {
  const message = event.data || {};
  if (message.type === "SKIP_WAITING") {
    self.skipWaiting();
  } else if (message.type === "KEEP") {
    const url = addressOf(message.url);
    if (url && url.origin === self.location.origin && isKept(url.pathname)) event.waitUntil(renew(url.pathname));
  }
});

// ---- push: something waits in the inbox --------------------------------------------------------------------------

self.addEventListener("push", (event) => {
  event.waitUntil(showNotice(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data));
});

/** Browsers take push away from who shows nothing: a message that cannot be read still says that something waits. */
async function showNotice(data) {
  const told = (await guarded(async () => data.json())) || {};
  await self.registration.showNotification(told.title || "见习通有新消息", {
    body: told.body || "请打开见习通查看。",
    tag: told.id,
    lang: "zh-CN",
    icon: "/icons/icon-192.png",
    badge: "/icons/mono-512.png",
    data: told.url,
  });
}

/** The page in the window that is there, or in a new one; never a page of somebody else's. */
async function openPage(wanted) {
  const url = addressOf(wanted || "/messages");
  const href = url && url.origin === self.location.origin ? url.href : self.location.origin + "/messages";
  const windows = await self.clients.matchAll({type: "window"});
  const there = windows.find((client) => client.focused) || windows[0];
  const moved = there && await guarded(async () => {
    await there.focus();
    return there.navigate(href);
  });
  if (!moved) await self.clients.openWindow(href);
}

/** Whoever signs out is told nothing more on this phone; the server hears of it from the push service. */
async function endPush() {
  await guarded(async () => (await self.registration.pushManager.getSubscription())?.unsubscribe());
}

// Seam: check-ins queued without a network will be sent from here, on a "sync" event and when a page comes online.

// ---- answers -----------------------------------------------------------------------------------------------------

self.addEventListener("fetch", (event) => {
  const {request} = event;
  const url = addressOf(request.url);
  if (!url || url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (changesPerson(request.method, url.pathname)) event.waitUntil(dropPages());
    if (request.method === "POST" && /^\/api\/.*sign_out\d*$/.test(url.pathname)) event.waitUntil(endPush());
    return;
  }
  if (isPrivate(url.pathname)) {
    // Live data and the host's screens are the server's alone; without a network their pages say so.
    if (request.mode === "navigate") event.respondWith(otherPage(request));
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(isKept(url.pathname) ? keptPage(event, url) : otherPage(request));
  } else if (precached.has(url.pathname) || url.pathname.startsWith("/pkg/")) {
    event.respondWith(file(request, url.pathname));
  }
});

/** The app's own files: from the cache of this version, from an older one that a kept page still needs, or the network. */
async function file(request, path) {
  const found = await guarded(async () => {
    const own = await (await caches.open(SHELL)).match(path, {ignoreVary: true});
    return own || (path.startsWith("/pkg/") ? caches.match(path, {ignoreVary: true}) : undefined);
  });
  return found || fetch(request);
}

/** A page that is kept: the network first; its kept copy when the network fails or takes too long. */
async function keptPage(event, url) {
  const asked = person;
  let judged;
  const network = fetch(event.request).then((answer) => {
    // Copied before the browser reads it, and kept without letting the page wait for the disk.
    const copy = answer.clone();
    judged = guarded(() => judge(url, copy, asked));
    return answer;
  });
  // Also when the kept copy wins: the late answer still refreshes it.
  event.waitUntil(network.then(() => judged, () => undefined));
  const copy = await guarded(() => keptCopy(url));
  if (!copy) return network.catch(() => noNetwork(url));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([network.catch(() => undefined), late]);
  if (answer) return answer;
  // Someone signed out while we waited: their page is gone.
  return asked === person ? copy : network.catch(() => noNetwork(url));
}

/** Every other page: the network, or a word about there being none. */
function otherPage(request) {
  return fetch(request).catch(() => noNetwork(addressOf(request.url)));
}

/** Where one lands without a network: 今天 as last seen, or a page that says what to do. */
async function noNetwork(url) {
  const answer = await guarded(async () => {
    const pages = await caches.open(PAGES);
    // A redirect, not the copy itself: the page must find its own address when it comes alive.
    const elsewhere = [url.pathname, HOME].filter((path) => isKept(path) && path !== url.pathname + url.search);
    for (const path of elsewhere) {
      if (await pages.match(path, {ignoreVary: true})) return Response.redirect(new URL(path, url.origin).href, 302);
    }
    return (await caches.open(SHELL)).match(OFFLINE, {ignoreVary: true});
  });
  return answer || Response.error();
}

// ---- kept pages --------------------------------------------------------------------------------------------------

/** The pages that a trainee may need without a network. */
function isKept(path) {
  return path === HOME || path === "/history" || path === "/me" || /^\/offer\/[^/]+$/.test(path);
}

/** What is never kept and never answered from here. */
function isPrivate(path) {
  return ["/api", "/live", "/host"].some((area) => path === area || path.startsWith(`${area}/`));
}

/** A form or call after which another person may hold the phone. Server functions may end in a hash of digits. */
function changesPerson(method, path) {
  return method === "POST" && path.startsWith("/api/") && /(sign_out|sign_in|register)\d*$/.test(path);
}

/** The kept copy of exactly this address, marked so that the page can say how old it is. */
async function keptCopy(url) {
  if (url.search) return undefined;
  const pages = await caches.open(PAGES);
  const kept = await pages.match(url.pathname, {ignoreVary: true});
  return kept && marked(kept);
}

/** `<html data-kept="…">` holds when the copy was made (ms since 1970). Headers stay, so its own CSP and nonce still agree. */
async function marked(kept) {
  const headers = new Headers(kept.headers);
  const made = Date.parse(headers.get("date") || "") || 0;
  // The body is plain text now, whatever it travelled as.
  headers.delete("content-encoding");
  headers.delete("content-length");
  const html = await kept.text();
  return new Response(html.replace("<html", `<html data-kept="${made}"`), {status: 200, headers});
}

/** Keeps a good page; forgets one that is no more; drops all of them when the server no longer knows this person. */
async function judge(url, answer, asked) {
  if (asked !== person || url.search) return false;
  const moved = answer.redirected || answer.type === "opaqueredirect" || (answer.status >= 300 && answer.status < 400);
  if (answer.status === 404 || answer.status === 410) {
    await (await caches.open(PAGES)).delete(url.pathname, {ignoreVary: true});
    return false;
  }
  if (moved || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) {
    await dropPages();
    return false;
  }
  // Trouble on the server (5xx, 429) is neither kept nor a reason to forget.
  if (answer.status !== 200) return false;
  const type = answer.headers.get("content-type") || "";
  if (!type.startsWith("text/html")) return false;
  const pages = await caches.open(PAGES);
  await pages.put(url.pathname, answer);
  // Dropped while it was being written: drop it again.
  if (asked !== person) await pages.delete(url.pathname);
  return true;
}

/** Fetches a page and keeps it. False when the network failed, so that the copy may still be an old one. */
async function renew(path) {
  const asked = person;
  const done = await guarded(async () => {
    const answer = await fetch(new Request(path, {credentials: "same-origin", cache: "no-store", headers: {accept: "text/html"}}));
    await judge(new URL(path, self.location.origin), answer, asked);
    return answer.status < 500;
  });
  return done === true;
}

/** Forgets every kept page: the next person on this phone starts from nothing. */
async function dropPages() {
  person += 1;
  await guarded(() => caches.delete(PAGES));
}

// ---- small things ------------------------------------------------------------------------------------------------

/** Runs something that may fail without anybody being worse off: storage full, storage off, no network. */
async function guarded(work) {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

function addressOf(text) {
  try {
    return new URL(text, self.location.origin);
  } catch {
    return undefined;
  }
}

function pathOf(text) {
  return addressOf(text).pathname;
}
