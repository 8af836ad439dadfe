// README's pictures: the moments of the mock-ups, on the real app with the demo's people.
import { Client, clientOf } from "../harness/client.mjs";
import { newcomer, newUnit } from "../harness/people.mjs";
import { expect, from, position, siteOf, test, visit } from "../harness/test.mjs";
import { caseOf, registered, submitIdentity } from "../harness/unit.mjs";

test.use({ world: "screenshots" });

const file = (name) => `${import.meta.dirname}/${name}.png`;
/** Pictures, fonts and moving things have come to rest. */
const take = (page, name) => page.screenshot({ path: file(name), animations: "disabled", caret: "hide" });

test("today: in the fence, the week's quota in sight @phone", async ({ page, demo }) => {
  const trainee = await clientOf(demo, demo.person({ role: "trainee", who: /杨晓雨/ }));
  await trainee.open(page, "/today");
  const place = from(await siteOf(page), 83);
  await position(page.context(), place.latitude, place.longitude, 12);
  await page.getByRole("button", { name: /^签到/ }).click();
  await expect(page.getByText(/^签到成功/)).toBeVisible();
  await expect(page.getByText("今天的签到")).toBeVisible();
  await take(page, "today");
});

test("register: the first step @phone", async ({ page }) => {
  await visit(page, "/register");
  await expect(page.getByRole("heading", { level: 2, name: "本人信息" })).toBeVisible();
  await take(page, "register");
});

test("board: week and people, live @tablet", async ({ page, demo }) => {
  await (await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }))).open(page, "/host");
  await expect(page.getByText("在线", { exact: true })).toBeVisible();
  await take(page, "board");
});

test("sites: fences with the last check-ins @tablet", async ({ page, demo }) => {
  await (await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }))).open(page, "/host/sites");
  await expect(page.getByRole("img", { name: /签到范围示意图/ }).first()).toBeVisible();
  await take(page, "sites");
});

test("queue: by deadline, a unit's case opened @desk", async ({ page, demo, another }) => {
  for (const name of ["田雪", "覃小梅", "罗文斌"]) await new Client(demo).register(newcomer({ name }));
  const tablet = await another("tablet");
  const unit = await registered(tablet, demo, newUnit({ name: "石阡县泉都苔茶科技有限公司", login: "quandu.op" }));
  await submitIdentity(tablet);
  const { reviewer, row } = await caseOf(demo, "guizhou.reviewer.shiqian", "host_identity", unit);
  await reviewer.open(page, `/cases?case=${row.id}`);
  await expect(page.getByRole("region", { name: unit.name })).toBeVisible();
  await take(page, "queue");
});
