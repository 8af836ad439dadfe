// 审计: who did what, within the reader's region; the chain verified, the log as a file.
import { Client, clientOf } from "../harness/client.mjs";
import { awake, expect, noBarriers, signInAs, test } from "../harness/test.mjs";

test.use({ world: "audit" });

const auditorOf = (demo) => clientOf(demo, demo.person({ role: "auditor", login: "guizhou.auditor" }));

test("an auditor signs in and stands before the log @desk", async ({ page, demo }) => {
  await signInAs(page, demo, demo.person({ role: "auditor", login: "shandong.auditor" }));
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link")).toHaveText(["审计", "待办", "单位", "规则与日历", "消息", "我的账号"]);
  await expect(page.locator(".audit-list")).toContainText("登录");
});

test("the log has no barriers", async ({ page, demo }) => {
  await (await auditorOf(demo)).open(page, "/audit");
  await expect(page.getByRole("heading", { name: "记录" })).toBeVisible();
  await noBarriers(page);
});

test("an act appears with its names, and its subject leads to everything about it @desk", async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const form = { name: "审计看得到的地点", coordinates: "26.65, 106.63", datum: "wgs84", radius: "300" };
  const id = await operator.ask("/api/site/add", { form });
  await (await auditorOf(demo)).open(page, "/audit?act=site_added");
  const line = page.getByRole("listitem").filter({ hasText: "审计看得到的地点" });
  await expect(line).toContainText("新增签到地点");
  await expect(line).toContainText("罗敏");
  await expect(line).toContainText("贵州云上数据服务有限公司");
  await line.getByRole("link", { name: "审计看得到的地点" }).click();
  await page.waitForURL(new RegExp(`subject=${id}`));
  await expect(page.getByLabel(/^相关编号/)).toHaveValue(id);
});

test("the filter is the address, and a wrong one says what to change @desk", async ({ page, demo }) => {
  await (await auditorOf(demo)).open(page, "/audit");
  await page.getByLabel(/^姓名或登录账号/).fill("周正");
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/who=/);
  await awake(page);
  for (const name of await page.locator(".audit-list .name").allTextContents()) expect(name).toBe("周正");
});

test.describe("refusals", () => {
  test.use({ tolerated: [/status of 4(01|03|22)/] });

  test("a filter that cannot be meant is explained, and what was typed stays @desk", async ({ page, demo }) => {
    await (await auditorOf(demo)).open(page, "/audit?from=2026-11-19&until=2026-11-01");
    await expect(page.getByText("结束日期要在开始日期之后")).toBeVisible();
    await expect(page.getByLabel(/^到哪天/)).toHaveValue("2026-11-01");
    await noBarriers(page);
  });

  test("only auditors and admins read it, by page, by function and by file @desk", async ({ demo }) => {
    for (const person of [{ role: "reviewer", login: "guizhou.reviewer" }, { role: "operator", login: "guizhou.operator" }, { role: "trainee" }]) {
      const other = await clientOf(demo, demo.person(person));
      expect((await other.get("/api/audit/page")).status, person.role).toBe(403);
      expect((await other.post("/api/audit/verify", { resume: "" })).status, person.role).toBe(403);
      expect((await other.get("/export/audit")).status, person.role).toBe(403);
    }
    expect((await new Client(demo).get("/export/audit")).status).toBe(401);
  });
});

test("another province's people are not in it @desk", async ({ demo }) => {
  await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const jilin = await clientOf(demo, demo.person({ role: "auditor", login: "jilin.auditor" }));
  const { lines } = await jilin.ask(`/api/audit/page?who=${encodeURIComponent("罗敏")}`);
  expect(lines).toEqual([]);
});

test("the whole chain is verified in words @desk", async ({ page, demo }) => {
  await (await auditorOf(demo)).open(page, "/audit");
  await page.getByRole("button", { name: "核验链条" }).click();
  await expect(page.getByText(/链条完整：\d+ 条记录逐条核对/)).toBeVisible();
  await noBarriers(page);
});

test("what is filtered is a file for Excel and one for programs @desk", async ({ page, demo }) => {
  const auditor = await auditorOf(demo);
  await auditor.open(page, "/audit?act=signed_in");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出表格（CSV）" }).click();
  expect((await waiting).suggestedFilename()).toMatch(/^audit-2026-\d\d-\d\d\.csv$/);
  const csv = await auditor.get("/export/audit?act=signed_in");
  expect(csv.headers.get("content-disposition")).toContain("attachment");
  expect(csv.text).toContain("序号,时间,姓名,角色,事项,详情,校验值");
  expect(csv.text.trim().split("\r\n").slice(1).every((line) => line.includes("登录"))).toBe(true);
  const json = await auditor.get("/export/audit?act=signed_in&format=json");
  for (const line of json.text.trim().split("\n")) expect(JSON.parse(line).act).toBe("signed_in");
});
