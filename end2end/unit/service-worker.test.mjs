// The service worker's promises, held without a browser: its real source runs in a fresh context with a network and a
// cache made of plain maps. Run: node --test end2end/unit/
import {test} from "node:test";
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../public/service-worker.js", import.meta.url), "utf8");
const ORIGIN = "https://jianxi.test";
const PLACE = /^const BUILD = .*$/m;
const address = (url) => new URL(typeof url === "string" ? url : url.url, ORIGIN).href;

/** The browser's cache storage: each read gives a fresh response, as the real one does. */
class Storage {
  stores = new Map();
  broken = false;

  async open(name) {
    if (this.broken) throw new Error("quota");
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    return {
      match: async (url) => store.get(address(url))?.clone(),
      put: async (url, answer) => void store.set(address(url), answer),
      delete: async (url) => store.delete(address(url)),
      keys: async () => [...store.keys()].map((url) => ({url})),
    };
  }

  async match(url) {
    if (this.broken) throw new Error("quota");
    for (const store of this.stores.values()) if (store.has(address(url))) return store.get(address(url)).clone();
    return undefined;
  }

  async keys() {
    return [...this.stores.keys()];
  }

  async delete(name) {
    return this.stores.delete(name);
  }
}

const page = (text, more = {}) => new Response(`<!DOCTYPE html><html lang="zh-CN"><body>${text}</body></html>`, {
  status: 200,
  ...more,
  headers: {"content-type": "text/html; charset=utf-8", "content-security-policy": "script-src 'nonce-abc'", date: "Thu, 19 Nov 2026 01:02:00 GMT", ...more.headers},
});

/** A worker of `version` on a network that answers from `routes`; a missing route is a dead wire. */
function worker({version = "1", precache = ["/offline.html", "/pkg/app.1.js"], caches = new Storage(), routes = {}} = {}) {
  const handlers = {};
  const timers = [];
  const seen = [];
  const calls = {skipWaiting: 0, claim: 0};
  const self = {
    location: new URL(ORIGIN),
    addEventListener: (name, handler) => (handlers[name] = handler),
    skipWaiting: () => void calls.skipWaiting++,
    clients: {claim: async () => void calls.claim++},
  };
  const fetch = async (request) => {
    const path = new URL(request.url).pathname;
    seen.push({path, cache: request.cache, method: request.method});
    const route = routes[path];
    if (route === undefined) throw new TypeError("Failed to fetch");
    return typeof route === "function" ? route(request) : route.clone();
  };
  class LocalRequest extends Request {
    constructor(url, init) {
      super(address(url), init);
    }
  }
  const context = vm.createContext({self, caches, fetch, Request: LocalRequest, Response, Headers, URL, Set, Promise, setTimeout: (run) => void timers.push(run)});
  vm.runInContext(SOURCE.replace(PLACE, `const BUILD = ${JSON.stringify({version, precache})};`), context);

  /** Sends an event; the answer once it is there, and everything the worker asked to be waited for. */
  async function dispatch(name, fields) {
    const waits = [];
    let answer;
    handlers[name]({...fields, waitUntil: (work) => waits.push(work), respondWith: (work) => (answer = Promise.resolve(work))});
    return {answered: answer !== undefined, answer, settled: () => Promise.all(waits)};
  }
  async function get(path, mode = "navigate", method = "GET") {
    const sent = await dispatch("fetch", {request: {url: ORIGIN + path, mode, method, cache: "default"}});
    const answer = sent.answered ? await sent.answer : undefined;
    await sent.settled();
    return answer;
  }
  return {self, caches, routes, seen, calls, timers, dispatch, get, run: async (name, fields) => (await dispatch(name, fields)).settled()};
}

async function ready(options) {
  const it = worker(options);
  it.routes["/offline.html"] ??= page("没有网络");
  it.routes["/pkg/app.1.js"] ??= new Response("js 1");
  await it.run("install");
  await it.run("activate");
  return it;
}

const kept = async (it) => (await (await it.caches.open("jianxi-pages")).keys()).map(({url}) => new URL(url).pathname);

test("the placeholder stands on one line of its own for the server to replace", () => {
  assert.equal(SOURCE.match(new RegExp(PLACE, "gm")).length, 1);
  assert.ok(SOURCE.includes('const BUILD = /*__BUILD__*/ {version: "dev", precache: []};'));
});

test("installing takes every file, the hashed ones from the browser's cache, and does not push the old version out", async () => {
  const it = await ready();
  assert.deepEqual(it.seen.map(({path, cache}) => [path, cache]), [["/offline.html", "reload"], ["/pkg/app.1.js", "default"]]);
  assert.equal(it.calls.skipWaiting, 0);
  assert.equal(it.calls.claim, 1);
  delete it.routes["/pkg/app.1.js"];
  assert.equal(await (await it.get("/pkg/app.1.js", "cors")).text(), "js 1");
});

test("a file that is missing fails the installation as a whole", async () => {
  const it = worker({routes: {"/offline.html": page("x")}});
  await assert.rejects(it.run("install"));
});

test("the page decides when the new version takes over", async () => {
  const it = await ready();
  await it.run("message", {data: {type: "SKIP_WAITING"}});
  assert.equal(it.calls.skipWaiting, 1);
  await it.run("message", {data: null});
  assert.equal(it.calls.skipWaiting, 1);
});

test("without a network 今天 shows as last seen, marked with its age, under its own security policy", async () => {
  const it = await ready();
  it.routes["/today"] = page("还差 1 次");
  const fresh = await it.get("/today");
  assert.ok(!(await fresh.text()).includes("data-kept"));
  delete it.routes["/today"];
  const copy = await it.get("/today");
  const html = await copy.text();
  assert.ok(html.includes("还差 1 次"));
  assert.ok(html.includes(`<html data-kept="${Date.UTC(2026, 10, 19, 1, 2)}" lang="zh-CN">`));
  assert.equal(copy.headers.get("content-security-policy"), "script-src 'nonce-abc'");
});

test("a slow network loses to the kept copy after the patience, and still refreshes it", async () => {
  const it = await ready();
  it.routes["/today"] = page("一");
  await it.get("/today");
  let arrive;
  it.routes["/today"] = () => new Promise((resolve) => (arrive = resolve));
  const sent = await it.dispatch("fetch", {request: {url: `${ORIGIN}/today`, mode: "navigate", method: "GET"}});
  while (it.timers.length === 0) await new Promise(setImmediate);
  it.timers.forEach((run) => run());
  assert.ok((await (await sent.answer).text()).includes("一"));
  arrive(page("二"));
  await sent.settled();
  delete it.routes["/today"];
  assert.ok((await (await it.get("/today")).text()).includes("二"));
});

test("other addresses lead to the kept 今天, or say what to do when there is none", async () => {
  const it = await ready();
  assert.ok((await (await it.get("/sign-in")).text()).includes("没有网络"));
  assert.ok((await (await it.get("/today")).text()).includes("没有网络"));
  it.routes["/today"] = page("今天");
  it.routes["/history"] = page("记录");
  await it.get("/today");
  await it.get("/history");
  delete it.routes["/today"];
  delete it.routes["/history"];
  for (const [path, to] of [["/privacy", "/today"], ["/host", "/today"], ["/me", "/today"], ["/history?week=8", "/history"]]) {
    const answer = await it.get(path);
    assert.equal(answer.status, 302, path);
    assert.equal(answer.headers.get("location"), ORIGIN + to);
  }
});

test("only whole pages of the trainee are kept: no calls, no live data, no host screens, no searches", async () => {
  const it = await ready();
  for (const path of ["/today", "/history", "/me", "/offer/0199", "/host", "/host/people", "/api/board", "/live/board", "/privacy", "/history?week=8", "/offer/1/2"]) {
    it.routes[new URL(path, ORIGIN).pathname] = page(path);
  }
  for (const path of ["/today", "/me", "/offer/0199", "/host", "/host/people", "/privacy", "/history?week=8", "/offer/1/2"]) await it.get(path);
  assert.equal(await it.get("/api/board", "cors"), undefined);
  assert.equal(await it.get("/live/board", "cors"), undefined);
  assert.equal(await it.get("/today", "cors"), undefined);
  assert.deepEqual((await kept(it)).sort(), ["/me", "/offer/0199", "/today"]);
});

test("an answer that is no page of this person drops what was kept", async () => {
  const moved = {status: 0, ok: false, type: "opaqueredirect", redirected: false, headers: new Headers(), clone: () => moved};
  for (const answer of [() => moved, page("x", {status: 401}), page("x", {status: 403})]) {
    const it = await ready();
    it.routes["/today"] = page("杨晓雨");
    it.routes["/me"] = page("杨晓雨");
    await it.get("/today");
    await it.get("/me");
    it.routes["/me"] = answer;
    await it.get("/me");
    assert.deepEqual(await kept(it), []);
  }
});

test("a page that is no more is forgotten alone", async () => {
  for (const status of [404, 410]) {
    const it = await ready();
    it.routes["/today"] = page("杨晓雨");
    it.routes["/offer/0199"] = page("邀请");
    await it.get("/today");
    await it.get("/offer/0199");
    it.routes["/offer/0199"] = page("没有", {status});
    await it.get("/offer/0199");
    assert.deepEqual(await kept(it), ["/today"]);
  }
});

test("trouble on the server is shown, not kept, and forgets nothing", async () => {
  const it = await ready();
  it.routes["/today"] = page("好");
  await it.get("/today");
  for (const status of [500, 503, 429]) {
    it.routes["/today"] = page("坏", {status});
    assert.equal((await it.get("/today")).status, status);
  }
  delete it.routes["/today"];
  assert.ok((await (await it.get("/today")).text()).includes("好"));
});

test("signing in, out or up drops the kept pages; other calls do not", async () => {
  for (const [path, left] of [["/api/sign_out", 0], ["/api/sign_in", 0], ["/api/register", 0], ["/api/sign_out7312", 0], ["/api/check_in", 1], ["/sign_out", 1]]) {
    const it = await ready();
    it.routes["/today"] = page("杨晓雨");
    await it.get("/today");
    assert.equal(await it.get(path, "cors", "POST"), undefined);
    assert.equal((await kept(it)).length, left, path);
  }
});

test("a page asked for before signing out is not kept when it arrives after", async () => {
  const it = await ready();
  let arrive;
  it.routes["/today"] = () => new Promise((resolve) => (arrive = resolve));
  const sent = await it.dispatch("fetch", {request: {url: `${ORIGIN}/today`, mode: "navigate", method: "GET"}});
  await it.get("/api/sign_out", "cors", "POST");
  arrive(page("杨晓雨"));
  await sent.answer;
  await sent.settled();
  assert.deepEqual(await kept(it), []);
});

test("KEEP refreshes a page, and only one that may be kept", async () => {
  const it = await ready();
  it.routes["/today"] = page("刚签到");
  it.routes["/host"] = page("看板");
  for (const url of ["/today#x", "/host", "https://elsewhere.test/today", "::", undefined]) await it.run("message", {data: {type: "KEEP", url}});
  assert.deepEqual(await kept(it), ["/today"]);
});

test("a new version renews the kept pages before the files that they name go", async () => {
  const caches = new Storage();
  const old = await ready({caches});
  old.routes["/today"] = page("app.1.js");
  await old.get("/today");
  const offline = worker({version: "2", precache: ["/pkg/app.2.js"], caches, routes: {"/pkg/app.2.js": new Response("js 2")}});
  await offline.run("install");
  await offline.run("activate");
  assert.equal(await (await offline.get("/pkg/app.1.js", "cors")).text(), "js 1", "the kept page still works");
  const online = worker({version: "3", precache: [], caches, routes: {"/today": page("app.3.js")}});
  await online.run("install");
  await online.run("activate");
  assert.deepEqual((await caches.keys()).sort(), ["jianxi-pages", "jianxi-shell-3"]);
  delete online.routes["/today"];
  assert.ok((await (await online.get("/today")).text()).includes("app.3.js"));
});

test("a broken cache breaks no page", async () => {
  const it = await ready();
  it.routes["/today"] = page("好");
  it.routes["/pkg/app.1.js"] = new Response("net");
  it.caches.broken = true;
  assert.ok((await (await it.get("/today")).text()).includes("好"));
  assert.equal(await (await it.get("/pkg/app.1.js", "cors")).text(), "net");
  delete it.routes["/today"];
  assert.equal((await it.get("/today")).type, "error");
  assert.equal(await it.get("/api/sign_out", "cors", "POST"), undefined);
});

/** A registration that remembers what it showed, and whether it is still subscribed. */
function registration() {
  const shown = [];
  const it = {shown, subscribed: true};
  it.showNotification = async (title, options) => void shown.push({title, ...options});
  it.pushManager = {getSubscription: async () => (it.subscribed ? {unsubscribe: async () => (it.subscribed = false)} : null)};
  return it;
}

test("a push message is shown, also one that cannot be read", async () => {
  const it = await ready();
  it.self.registration = registration();
  await it.run("push", {data: {json: () => ({id: "7", title: "实名认证已经通过", body: "请打开见习通查看。", url: "/messages"})}});
  await it.run("push", {data: null});
  const [told, other] = it.self.registration.shown;
  assert.deepEqual([told.title, told.body, told.tag, told.data], ["实名认证已经通过", "请打开见习通查看。", "7", "/messages"]);
  assert.deepEqual([other.title, other.body], ["见习通有新消息", "请打开见习通查看。"]);
});

test("a tap on it opens the page in the window that is there, and no page of another site", async () => {
  const it = await ready();
  const went = [];
  const notification = (data) => ({data, close: () => went.push("closed")});
  const client = {focused: false, focus: async () => went.push("focus"), navigate: async (url) => (went.push(url), client)};
  it.self.clients.matchAll = async () => [client];
  it.self.clients.openWindow = async (url) => void went.push(`new ${url}`);
  await it.run("notificationclick", {notification: notification("/messages")});
  assert.deepEqual(went.splice(0), ["closed", "focus", `${ORIGIN}/messages`]);
  it.self.clients.matchAll = async () => [];
  await it.run("notificationclick", {notification: notification("https://elsewhere.test/x")});
  assert.deepEqual(went.splice(0), ["closed", `new ${ORIGIN}/messages`]);
});

test("signing out ends push on this phone, signing in does not", async () => {
  const it = await ready();
  it.self.registration = registration();
  it.routes["/api/account/sign_in"] = it.routes["/api/account/sign_out123"] = page("ok");
  await it.get("/api/account/sign_in", "cors", "POST");
  assert.equal(it.self.registration.subscribed, true);
  await it.get("/api/account/sign_out123", "cors", "POST");
  assert.equal(it.self.registration.subscribed, false);
});
