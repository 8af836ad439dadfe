// 签到记录: one's own check-ins by week, with verdict, distance and what each counts for.
import { clientOf, traineeAt } from "../harness/client.mjs";
import { expect, from, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "history" });

const week = (page, title) => page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: title }) });

test("the weeks stand newest first, each with what it counts for", async ({ page, demo }) => {
  const trainee = await clientOf(demo, demo.person({ role: "trainee", who: /杨晓雨/ }));
  const { weeks } = await trainee.ask("/api/attendance/history");
  expect(weeks.length).toBeGreaterThan(4);
  await trainee.open(page, "/history");
  await expect(page.getByRole("heading", { level: 1, name: "签到记录" })).toBeVisible();
  const titles = weeks.map(({ number }, at) => ["本周 · ", "上周 · "][at] ?? "").map((before, at) => `${before}第 ${weeks[at].number} 周`);
  await expect(page.getByRole("heading", { level: 2 })).toHaveText([...titles, "少签了会怎样"]);
  await expect(week(page, titles[0])).toContainText("11月16日—22日");
  await expect(week(page, titles[0])).toContainText("1 / 2 次");
  await expect(week(page, titles[0])).toContainText("周日 24:00 前还要在 1 个不同的日子签到。");
  for (const [at, { quota, check_ins }] of weeks.entries()) {
    await expect(week(page, titles[at]).getByRole("listitem")).toHaveCount(check_ins.length);
    if (at > 0) await expect(week(page, titles[at])).toContainText(quota.counted >= quota.required ? "达标" : `缺 ${quota.required - quota.counted} 次`);
  }
  await noBarriers(page);
});

test("each check-in says when, where, how far, how exact, and who acts next @phone", async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const trainee = await traineeAt(demo, operator);
  const send = async (metres, changes) => {
    const form = await trainee.checkInForm();
    const { check_in } = await trainee.ask("/api/attendance/check_in", { form: { ...form, ...from(form, metres), ...changes } });
    return check_in;
  };
  const inside = await send(83, {});
  const outside = await send(1_900, { reason: "去客户机房巡检" });
  const vague = await send(290, { accuracy: 48, reason: "在地下停车场" });
  await operator.ask("/api/attendance/decide", { form: { id: outside.id, confirm: true, note: "", version: outside.version } });
  await trainee.open(page, "/history");
  const record = (text) => page.getByRole("listitem").filter({ hasText: text });
  await expect(record("83 米")).toContainText(`${inside.site} · 83 米 · ±12 米`);
  await expect(record("83 米")).toContainText("有效");
  await expect(record("1.9 公里")).toContainText("外勤 · 单位已确认");
  await expect(record("1.9 公里")).toContainText("你写的：去客户机房巡检");
  await expect(record("±48 米")).toContainText("等单位确认");
  await expect(record("±48 米")).toContainText("单位确认后计入当周");
  await expect(record("83 米")).toContainText(/11月19日 周四 \d\d:\d\d/);
  await noBarriers(page);
  await operator.ask("/api/attendance/decide", { form: { id: vague.id, confirm: false, note: "请到窗边再试", version: vague.version } });
  await page.reload();
  await expect(record("±48 米")).toContainText("单位写的：请到窗边再试");
  await expect(record("±48 米")).toContainText("这次不算数");
});

test("without any check-in the page says where they come from @phone", async ({ page, demo }) => {
  const trainee = await clientOf(demo, demo.person({ role: "trainee", who: /周航/ }));
  await trainee.open(page, "/history");
  await expect(page.getByText("还没有签到记录")).toBeVisible();
  await noBarriers(page);
  await page.getByRole("link", { name: "去今天" }).click();
  await expect(page).toHaveURL(/\/today$/);
  await expect(page.getByText("还没有见习单位")).toBeVisible();
  await noBarriers(page);
});
