// The product on the home screen: it opens without a network, says how old its picture is, forgets the person who leaves,
// keeps nothing of a host, and offers a new version instead of swapping it in under one's hands.
import { Client, clientOf, traineeAt } from "../harness/client.mjs";
import { awake, expect, noBarriers, test as base, visit } from "../harness/test.mjs";
import { layWire, onWire } from "../harness/wire.mjs";

type Wire = Awaited<ReturnType<typeof layWire>>;

// Every page goes through a wire of its own that can be cut.
const test = base.extend<{ wire: Wire }>(onWire);

test.use({ tolerated: [/ERR_(CONNECTION_\w+|INTERNET_DISCONNECTED|EMPTY_RESPONSE|FAILED)|Failed to fetch/] });

/** Waits until the worker answers for the page, so that the next load is kept. */
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");

/** Opens a page of a signed-in person twice: once to bring the worker, once to be kept by it. */
async function settle(page, client, path) {
  await client.open(page, path);
  await controlled(page);
  await page.reload();
  await awake(page);
}

const keptPages = (page) =>
  page.evaluate(async () => {
    if (!(await caches.has("jianxi-pages"))) return [];
    const kept = await (await caches.open("jianxi-pages")).keys();
    return kept.map(({ url }) => new URL(url).pathname).sort();
  });

/** No network at all: the wire is dead, and the phone knows it. */
async function goOffline(page, wire: Wire) {
  await wire.cut();
  await page.context().setOffline(true);
}

async function comeBack(page, wire: Wire) {
  await wire.mend();
  await page.context().setOffline(false);
}

async function trainee(demo) {
  const operator = await clientOf(demo, demo.person({ role: "operator", who: /贵州/ }));
  return traineeAt(demo, operator);
}

test("the manifest describes an app that can be installed", { tag: "@phone" }, async ({ page, request }) => {
  const answer = await request.get("/manifest.webmanifest");
  expect(answer.headers()["content-type"]).toMatch(/^application\/manifest\+json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ name: "见习通", start_url: "/today", scope: "/", display: "standalone", lang: "zh-CN" });
  expect(manifest.icons.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(["any", "maskable", "monochrome"]));
  const pictures = [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
  for (const { src, sizes, type } of pictures) {
    const icon = await request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"], src).toContain(type);
    if (type !== "image/png") continue;
    const bytes = await icon.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  await visit(page, "/sign-in");
  const chromium = await page.context().newCDPSession(page);
  const { errors } = await chromium.send("Page.getAppManifest");
  expect(errors).toEqual([]);
});

test("without a network 今天 opens with the last known state and says how old it is", { tag: ["@story", "@phone"] }, async ({ page, demo, wire }) => {
  test.slow();
  const client = await trainee(demo);
  await settle(page, client, "/today");
  expect(await keptPages(page)).toContain("/today");
  const quota = page.getByText(/还差 \d 次/);
  await expect(quota).toBeVisible();
  await expect(page.getByText(/没有网络/)).toHaveCount(0);

  await goOffline(page, wire);
  await page.reload();
  await awake(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(client.person.name);
  await expect(quota).toBeVisible();
  await expect(page.getByText(/没有网络 · 显示的是 11月19日 周四 \d\d:\d\d 的内容/)).toBeVisible();
  const button = page.getByRole("button", { name: /暂不能签/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("签到要有网络")).toBeVisible();
  await noBarriers(page);

  await page.goto("/privacy");
  await expect(page, "other pages lead to what is known").toHaveURL(/\/today$/);
  await awake(page);

  await comeBack(page, wire);
  // A page that was opened without a network is not always told when it returns; it looks by itself.
  await page.clock.fastForward("00:20");
  await expect(page.getByText(/没有网络/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^签到/ })).toBeEnabled();
});

test("a dead wire is said although the phone believes to be online, and its return is noticed without a touch", { tag: "@phone" }, async ({ page, demo, wire }) => {
  const client = await trainee(demo);
  await settle(page, client, "/today");
  await wire.cut();
  await page.reload();
  await awake(page);
  await expect(page.getByText(/没有网络 · 显示的是/)).toBeVisible();
  await expect(page.getByRole("button", { name: /暂不能签/ })).toBeVisible();
  await wire.mend();
  await page.clock.fastForward("00:20");
  await expect(page.getByText(/没有网络/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^签到/ })).toBeEnabled();
});

test("history, one's own page and an offer open without a network too", { tag: "@phone" }, async ({ page, demo, wire }) => {
  const client = await trainee(demo);
  await settle(page, client, "/today");
  for (const path of ["/history", "/me", `/offer/${client.internship}`]) await visit(page, path);
  await goOffline(page, wire);
  for (const [path, words] of [
    ["/history", "签到记录"],
    ["/me", client.person.name],
    [`/offer/${client.internship}`, "¥2,100.00"],
  ]) {
    await page.goto(path);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(page.getByText(words).first()).toBeVisible();
  }
});

test("signing out drops what was kept", { tag: "@phone" }, async ({ page, demo, wire }) => {
  const client = await trainee(demo);
  await settle(page, client, "/today");
  await visit(page, "/me");
  expect(await keptPages(page)).toEqual(["/me", "/today"]);
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.waitForURL("**/sign-in");
  expect(await keptPages(page)).toEqual([]);

  await goOffline(page, wire);
  await page.goto("/today");
  await expect(page.getByRole("heading", { level: 1, name: "没有网络" })).toBeVisible();
  await expect(page.locator("body")).not.toContainText(client.person.name);
  await noBarriers(page);
});

test("another person on the same phone never sees the one before", { tag: "@phone" }, async ({ page, demo, wire }) => {
  const first = await trainee(demo);
  await settle(page, first, "/today");
  await page.context().clearCookies();
  const second = await new Client(demo).register();
  await second.open(page, "/today");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(second.person.name);
  await page.reload();
  await awake(page);
  await goOffline(page, wire);
  await page.reload();
  await awake(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(second.person.name);
  await expect(page.locator("body")).not.toContainText(first.person.name);
});

test("nothing of a host is kept", { tag: "@tablet" }, async ({ page, demo, wire }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", who: /贵州/ }));
  await settle(page, operator, "/host");
  for (const path of ["/host/people", "/host/sites", "/account"]) await visit(page, path);
  expect(await keptPages(page)).toEqual([]);
  await goOffline(page, wire);
  for (const path of ["/host", "/host/people"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: "没有网络" })).toBeVisible();
  }
});

test("a new version waits until it is asked for", { tag: "@phone" }, async ({ page, demo, wire }) => {
  const client = await trainee(demo);
  await settle(page, client, "/today");
  const notice = page.getByRole("status").getByText("有新版本");
  await expect(notice).toHaveCount(0);
  const version = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("jianxi-shell-")).sort());
  const [before] = await version();

  wire.change("/service-worker.js", (worker) => worker.replace(/"version":"[^"]*"/, '"version":"the-next-one"'));
  await page.reload();
  await awake(page);
  await expect(notice).toBeVisible();
  await noBarriers(page);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state), "it waits").toBe("installed");

  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "刷新" }).click();
  await reloaded;
  await awake(page);
  await expect(notice).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(client.person.name);
  await expect.poll(version).toEqual(["jianxi-shell-the-next-one"]);
  expect(before).not.toBe("jianxi-shell-the-next-one");
});
