// 规则与日历: rule packs by region with their versions, the working-day calendar, and which agency would decide what.
import { clientOf } from "../harness/client.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "rules" });

const of = (demo, role) => clientOf(demo, demo.person({ role }));
const field = (page, name) => page.getByLabel(name, { exact: true });
const version = (name, from, rules) =>
  `region = "520623"\nname = "石阡县"\nversion = "${name}"\nvalid_from = "${from}"\n${rules}\n`;

async function county(page, [province, city, last]) {
  await page.getByLabel("省（自治区、直辖市）").selectOption({ label: province });
  await page.getByLabel("市（州、盟），直辖市选区县").selectOption({ label: city });
  await page.getByLabel("县（市、区）").selectOption({ label: last });
}

test("a reviewer reads which region differs in what, and adds nothing", async ({ page, demo }) => {
  await (await of(demo, "reviewer")).open(page, "/rules");
  await expect(page.getByRole("heading", { level: 1, name: "规则与日历" })).toBeVisible();
  for (const region of ["全国", "贵州省", "山东省", "吉林省", "重庆市"]) {
    await expect(page.getByRole("row").filter({ hasText: region }).first()).toBeVisible();
  }
  await expect(page.getByText("查看其他地区，或给它新增规则")).toHaveCount(0);
  await noBarriers(page);
  await page.getByRole("link", { name: "查看贵州省" }).click();
  const cities = page.getByRole("row").filter({ hasText: "可以参加省级计划的市" });
  await expect(cities).toContainText("贵阳市（520100）");
  await expect(cities).toContainText("贵州通报三");
  await expect(page.getByRole("link", { name: "新增版本" })).toHaveCount(0);
  await noBarriers(page);
});

test("two versions stand side by side, with what they inherit @tablet", async ({ page, demo }) => {
  await (await of(demo, "auditor")).open(page, "/rules/compare?left=520000@2026-1&right=370000@2026-1");
  const chain = page.getByRole("row").filter({ hasText: "岗位审核环节" });
  await expect(chain).toContainText("县级审核 → 市级审核");
  await expect(page.getByRole("row").filter({ hasText: "每周签到天数" })).toHaveCount(0);
  await page.getByLabel("也显示相同的项目").check();
  await expect(page.getByRole("row").filter({ hasText: "每周签到天数" })).toContainText("2 天");
  await noBarriers(page);
});

test.describe("a new version", () => {
  test.use({ tolerated: [/status of 422/] });

  test("is refused line by line, keeps what was typed, and counts from its day", async ({ page, demo }) => {
    const admin = await of(demo, "admin");
    await admin.open(page, "/rules/520623/new");
    const text = field(page, "规则文件（TOML）");
    await expect(text).toHaveValue(/region = "520623"/);
    await noBarriers(page);
    await text.fill(version("2026-1", "2026-12-01", "inspection_workdays = -15\nkeep_yeers = 7"));
    await page.getByRole("button", { name: "检查并保存" }).click();
    const flaws = page.getByRole("alert").filter({ hasText: "需要改的地方" });
    await expect(flaws).toContainText("第 5 行 inspection_workdays：必须是 1 到 250 的整数");
    await expect(flaws).toContainText("第 6 行 keep_yeers：没有这个字段，您要写的可能是 keep_years");
    await expect(text).toHaveAttribute("aria-invalid", "true");
    await noBarriers(page);
    await flaws.getByRole("button", { name: /第 5 行/ }).click();
    const selected = await text.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
    expect(selected).toBe("inspection_workdays = -15");
    await page.reload();
    await expect(page.locator("html[data-awake]")).toBeAttached();
    await expect(text).toHaveValue(/keep_yeers = 7/);
    await text.fill(version("2026-1", "2026-12-01", "inspection_workdays = 20  # 本县山路远"));
    await page.getByRole("button", { name: "检查并保存" }).click();
    await expect(page.getByText("已保存，2026年12月1日起生效")).toBeVisible();
    await page.getByRole("link", { name: "看这个地区的版本" }).click();
    await expect(page.getByRole("row").filter({ hasText: "2026-1" })).toContainText("将要生效");
    await noBarriers(page);
  });
});

test("the year shows days off and make-up workdays in colour and in words @tablet", async ({ page, demo }) => {
  await (await of(demo, "admin")).open(page, "/rules/calendar");
  await expect(page.getByRole("heading", { name: /2026 年 · 共 \d+ 个工作日/ })).toBeVisible();
  const october = page.getByRole("table", { name: "10 月" });
  await expect(october.getByRole("cell", { name: /10月1日 周四 放假/ })).toBeVisible();
  await expect(october.getByRole("cell", { name: /10月10日 周六 补班/ })).toBeVisible();
  await noBarriers(page);
  await page.getByRole("link", { name: "2027 年" }).click();
  await expect(page.getByText("2027 年是暂定的")).toBeVisible();
  await noBarriers(page);
});

test.describe("a notice", () => {
  test.use({ tolerated: [/status of 422/] });

  test("with a wrong day is refused with its line, then imported", async ({ page, demo }) => {
    await (await of(demo, "admin")).open(page, "/rules/calendar?year=2027");
    const text = field(page, "国务院通知（TOML）");
    const notice = (makeUp) =>
      `year = 2027\nsource = "国务院办公厅关于2027年部分节假日安排的通知"\ndays_off = ["2027-01-01", "2027-10-01"]\nmake_up_workdays = ["${makeUp}"]\n`;
    await text.fill(notice("2027-10-11"));
    await page.getByRole("button", { name: "检查并导入" }).click();
    await expect(page.getByText("第 4 行 make_up_workdays：2027-10-11 是周一，补班只能在周六或周日")).toBeVisible();
    await text.fill(notice("2027-10-09"));
    await page.getByRole("button", { name: "检查并导入" }).click();
    await expect(page.getByText("已导入 2027 年：放假 2 天，补班 1 天")).toBeVisible();
    await expect(page.getByText("2027 年是暂定的")).toHaveCount(0);
  });
});

test("the simulator says who decides, by which version, until when and why", async ({ page, demo }) => {
  await (await of(demo, "reviewer")).open(page, "/rules/route");
  await noBarriers(page);
  await county(page, ["贵州省", "铜仁市", "石阡县"]);
  await field(page, "收到的日期").fill("2026-09-18");
  await page.getByLabel(/再按哪个地区的规则对比/).selectOption({ label: "重庆市" });
  await page.getByRole("button", { name: "模拟", exact: true }).click();
  const own = page.locator("section").filter({ has: page.getByRole("heading", { name: "按贵州省的规则", exact: true }) });
  await expect(own).toContainText("石阡县人力资源和社会保障局");
  await expect(own).toContainText("10 个工作日，10月9日 周五前办结");
  await expect(own).toContainText("跳过放假：9月25日至27日、10月1日至7日；补班算工作日：9月20日");
  await expect(own).toContainText("规则版本 全国 2026-1、贵州省 2026-1");
  const other = page.locator("section").filter({ has: page.getByRole("heading", { name: "如果按重庆市的规则" }) });
  await expect(other).toContainText("实地考察");
  await noBarriers(page);
});

test("a plan that is not offered here is refused in words @phone", async ({ page, demo }) => {
  await (await of(demo, "reviewer")).open(page, "/rules/route");
  await page.getByLabel("见习单位参加的计划").selectOption({ label: "省级见习计划" });
  await county(page, ["贵州省", "铜仁市", "石阡县"]);
  await page.getByRole("button", { name: "模拟", exact: true }).click();
  await expect(page.getByText(/只接受经营所在地由贵阳市人力资源和社会保障局管辖的单位/)).toBeVisible();
  await noBarriers(page);
});

test.describe("others", () => {
  test.use({ tolerated: [/status of 403/] });

  test("an operator is led home and gets nothing from the server functions @tablet", async ({ page, demo }) => {
    const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
    await operator.open(page, "/rules");
    await expect(page).toHaveURL(/\/host$/);
    for (const path of ["/api/rules/list", "/api/rules/region?region=520000", "/api/rules/calendar", "/api/rules/start?region=520000"]) {
      expect((await operator.get(path)).status, path).toBe(403);
    }
    expect((await operator.post("/api/rules/import", { document: "year = 2027" })).status).toBe(403);
    const text = version("2026-9", "2026-12-09", "");
    expect((await operator.post("/api/rules/add", { region: "520623", document: text })).status).toBe(403);
    const reviewer = await of(demo, "reviewer");
    expect((await reviewer.post("/api/rules/add", { region: "520623", document: text })).status).toBe(403);
  });
});
