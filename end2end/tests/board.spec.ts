// 考勤看板 on the host's tablet: who is here, who is missing, what waits; live, and decided with one press.
import { clientOf, traineeAt } from "../harness/client.mjs";
import { expect, from, noBarriers, signInAs, test, visit } from "../harness/test.mjs";

test.use({ world: "board" });

const OPERATOR = { role: "operator", login: "guizhou.operator" };
const operatorOf = (demo) => clientOf(demo, demo.person(OPERATOR));
const online = (page) => expect(page.getByText("在线", { exact: true })).toBeVisible();
const row = (page, name) => page.getByRole("row").filter({ hasText: name });
const line = (page, name) => page.getByRole("listitem").filter({ hasText: name });
/** The big number of one of the four tiles. */
const number = (page, label) => page.locator(".kpi, .kpis > *").filter({ hasText: label }).first();

/** What became of a decision. */
const told = (page, words) => page.getByRole("status").filter({ hasText: words }).first();

/** Checks in by the wire, so many metres north of the first site. */
async function checkIn(trainee, metres, changes = {}) {
  const form = await trainee.checkInForm();
  const { latitude, longitude } = from(form, metres);
  return trainee.ask("/api/attendance/check_in", { form: { ...form, latitude, longitude, ...changes } });
}

test("the board shows week, people and what waits, without barriers", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host");
  await expect(page.getByRole("heading", { level: 1, name: "考勤看板" })).toBeVisible();
  await expect(page.getByText(/第 \d+ 周 · 11月16日—22日 · 每人每周至少 2 次/)).toBeVisible();
  await expect(row(page, "杨晓雨")).toBeVisible();
  await online(page);
  for (const label of ["今日已签", "本周已达标", "待您确认", "连续缺报预警"]) await expect(number(page, label)).toBeVisible();
  await noBarriers(page);
});

test("an operator signs in with the second factor and stands at the board @tablet", async ({ page, demo }) => {
  await signInAs(page, demo, demo.person({ role: "operator", login: "shandong.operator" }));
  await expect(page).toHaveURL(/\/host$/);
  await online(page);
});

test("a check-in appears on the board without a reload @tablet", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  await operator.open(page, "/host");
  await online(page);
  const before = (await operator.ask("/api/attendance/board")).today_count;
  await expect(number(page, "今日已签")).toContainText(String(before));
  await expect(row(page, trainee.person.name)).toContainText("0 / 2");
  let reloads = 0;
  page.on("domcontentloaded", () => (reloads += 1));

  const { check_in } = await checkIn(trainee, 83);
  await expect(row(page, trainee.person.name)).toContainText("1 / 2");
  await expect(line(page, `${trainee.person.name} 签到`)).toContainText("83 米 · 范围内");
  await expect(number(page, "今日已签")).toContainText(String(before + 1));
  await expect(page.getByRole("status").filter({ hasText: `${trainee.person.name} 签到` })).toBeAttached();
  expect(check_in.state).toBe("valid");
  expect(reloads).toBe(0);
});

test("a waiting check-in is confirmed with one press, also on a second screen @tablet", async ({ page, demo, another }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const { name } = trainee.person;
  await operator.open(page, "/host");
  const second = await another("desk");
  await operator.open(second, "/host");
  await online(page);
  await online(second);
  await checkIn(trainee, 1_900, { reason: "去客户机房巡检" });
  for (const screen of [page, second]) {
    await expect(line(screen, `${name} 申请外勤`)).toContainText("1.9 公里 · 去客户机房巡检");
    await expect(row(screen, name)).toContainText("外勤");
  }
  await noBarriers(page);

  await page.getByRole("button", { name: `确认 ${name} 申请外勤` }).click();
  await expect(told(page, `已确认 ${name}`)).toContainText(/11月19日 周四 \d\d:\d\d 的签到，这一天算数。/);
  for (const screen of [page, second]) {
    await expect(row(screen, name)).toContainText("1 / 2");
    await expect(screen.getByRole("button", { name: `确认 ${name} 申请外勤` })).toHaveCount(0);
  }
  const { weeks } = await trainee.ask("/api/attendance/history");
  expect(weeks[0]).toMatchObject({ quota: { counted: 1 }, check_ins: [{ state: "confirmed" }] });
});

test("sending back needs a reason, which the trainee reads @tablet", async ({ page, demo, another }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const { name } = trainee.person;
  await checkIn(trainee, 290, { accuracy: 48, reason: "在地下停车场" });
  await operator.open(page, "/host");
  await expect(line(page, `${name} 定位存疑`)).toContainText("精度 ±48 米，无法判断 · 在地下停车场");
  await page.getByRole("button", { name: `退回 ${name} 定位存疑` }).click();
  const sheet = page.getByRole("dialog", { name: "退回这次签到" });
  await sheet.getByRole("button", { name: "退回" }).click();
  await expect(sheet.getByText("请写明退回的原因，见习人员会看到")).toBeVisible();
  await noBarriers(page);
  await sheet.getByLabel("为什么退回").fill("当天没有安排外出，请来办公室签到");
  await sheet.getByRole("button", { name: "退回" }).click();
  await expect(told(page, `已退回 ${name}`)).toContainText("的签到，本人会看到原因。");
  await expect(row(page, name)).toContainText("已退回");
  await expect(row(page, name)).toContainText("0 / 2");

  const phone = await another("phone");
  await trainee.open(phone, "/today");
  await expect(phone.getByText("单位写的：当天没有安排外出，请来办公室签到")).toBeVisible();
  await expect(phone.getByText("11月19日 周四，单位已退回")).toBeAttached();
});

test.describe("when a colleague was quicker", () => {
  test.use({ tolerated: [/net::ERR_FAILED|status of 409/] });

  test("the second decision changes nothing and says so @tablet", async ({ page, demo }) => {
    const operator = await operatorOf(demo);
    const trainee = await traineeAt(demo, operator);
    const { check_in } = await checkIn(trainee, 1_500, { reason: "外出送材料" });
    // This screen does not hear the server, so it still shows the check-in as waiting.
    await page.route("**/live/board", (route) => route.abort());
    await operator.open(page, "/host");
    await expect(page.getByText("连接中断，正在重连")).toBeVisible();
    await noBarriers(page);
    await operator.ask("/api/attendance/decide", { form: { id: check_in.id, confirm: false, note: "没有安排", version: check_in.version } });
    await page.getByRole("button", { name: `确认 ${trainee.person.name} 申请外勤` }).click();
    await expect(page.getByText(/这条签到已经处理过了/)).toBeVisible();
    await expect(row(page, trainee.person.name)).toContainText("已退回");
  });
});

test("the weeks before are one press away, and the address keeps the week @tablet", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host");
  await page.getByRole("link", { name: "‹ 上周" }).click();
  await expect(page).toHaveURL(/\?week=2026-11-09$/);
  await expect(page.getByText(/11月9日—15日/).first()).toBeVisible();
  await expect(page.getByText("该周已达标")).toBeVisible();
  await noBarriers(page);
  await page.getByRole("link", { name: "‹ 上周" }).click();
  await expect(page).toHaveURL(/\?week=2026-11-02$/);
  await page.getByRole("link", { name: "下周 ›" }).click();
  await expect(page).toHaveURL(/\?week=2026-11-09$/);
  await page.reload();
  await expect(page.getByText(/11月9日—15日/).first()).toBeVisible();
  await page.getByRole("link", { name: "本周" }).click();
  await expect(page).toHaveURL(/\/host$/);
  await expect(page.getByText(/11月16日—22日/).first()).toBeVisible();
});

test("a run of missed reports that the county will verify is named @tablet", async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "jilin.operator" }));
  const { rows, run_threshold } = await operator.ask("/api/attendance/board");
  const reached = rows.filter((person) => person.missed_run >= run_threshold);
  expect(reached.length).toBeGreaterThan(0);
  await operator.open(page, "/host");
  for (const { name, missed_run } of reached) {
    await expect(page.getByText(/连续缺报已到 3 次/)).toContainText(name);
    await expect(row(page, name)).toContainText(`已缺 ${missed_run}`);
  }
});

test("a host without people is told what comes first @tablet", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  await operator.open(page, "/host/people");
  let sites = [];
  await page.route("**/api/attendance/board*", async (route) => {
    const board = await (await route.fetch()).json();
    await route.fulfill({ json: { ...board, rows: [], feed: [], people: 0, waiting: 0, today_count: 0, quota_met: 0, first_day: null } });
  });
  await page.route("**/api/site/choices*", (route) => route.fulfill({ json: sites }));
  await page.getByRole("link", { name: "考勤看板" }).click();
  await expect(page.getByText("先添加一个签到地点")).toBeVisible();
  await noBarriers(page);
  sites = await operator.ask("/api/site/choices");
  await page.getByRole("link", { name: "见习人员" }).click();
  await page.getByRole("link", { name: "考勤看板" }).click();
  await expect(page.getByText("还没有人在见习")).toBeVisible();
  await expect(page.getByRole("link", { name: "录入见习人员" })).toBeVisible();
  await noBarriers(page);
});
