// 账号与机构: an admin looks after agencies, divisions and accounts of the own region.
import { Client, clientOf } from "../harness/client.mjs";
import { awake, expect, noBarriers, signInAs, test } from "../harness/test.mjs";

test.use({ world: "agency" });

const ADMIN = { role: "admin", login: "guizhou.admin" };
const adminOf = (demo) => clientOf(demo, demo.person(ADMIN));
const field = (page, name) => page.getByLabel(name, { exact: true });
const entryOf = async (admin, name) => (await admin.ask("/api/agency/board")).entries.find(({ agency }) => agency.name === name);
const COUNTY = "石阡县人力资源和社会保障局";

test("an admin signs in and stands before the tree of the own province @desk", async ({ page, demo }) => {
  await signInAs(page, demo, demo.person({ role: "admin", login: "shandong.admin" }));
  await expect(page).toHaveURL(/\/agencies$/);
  await expect(page.getByRole("heading", { name: "账号与机构" })).toBeVisible();
  await expect(page.getByText("济南市历下区人力资源和社会保障局", { exact: true })).toBeVisible();
  await expect(page.getByText(/贵州省人力资源/)).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link")).toHaveText(["账号与机构", "规则与日历", "审计", "消息", "我的账号"]);
});

test("the tree, its form and the divisions have no barriers", async ({ page, demo }) => {
  await (await adminOf(demo)).open(page, "/agencies");
  await noBarriers(page);
  await page.getByRole("button", { name: "新增下级机构" }).click();
  await page.getByText("新增一个市或县").click();
  await page.getByText("结束一个市或县").click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "还有几处需要改一下" })).toBeFocused();
  await noBarriers(page);
});

test("an agency is added, changed and closed with its name in the question @desk", async ({ page, demo }) => {
  const admin = await adminOf(demo);
  await admin.open(page, "/agencies");
  await page.getByRole("button", { name: "新增下级机构" }).click();
  await field(page, "机构全称").fill("遵义市人力资源和社会保障局");
  await page.getByRole("radio", { name: "市级" }).check();
  await field(page, "上级机构").selectOption({ label: "贵州省人力资源和社会保障厅" });
  await page.getByLabel(/^负责的区划/).selectOption({ label: "贵州省遵义市" });
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存 遵义市人力资源和社会保障局。")).toBeVisible();
  expect(await entryOf(admin, "遵义市人力资源和社会保障局")).toMatchObject({ depth: 1, version: 1, place: "贵州省遵义市" });

  await page.getByRole("button", { name: "修改 遵义市人力资源和社会保障局" }).click();
  await field(page, "机构全称").fill("遵义市就业局");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存 遵义市就业局。")).toBeVisible();

  await page.getByRole("button", { name: "关闭 遵义市就业局" }).click();
  const question = page.getByRole("dialog", { name: "关闭机构" });
  await expect(question).toContainText("关闭“遵义市就业局”？");
  await question.getByRole("button", { name: "关闭 遵义市就业局" }).click();
  await expect(page.getByText("已关闭 遵义市就业局。")).toBeVisible();
  expect(await entryOf(admin, "遵义市就业局")).toBeUndefined();
});

test("what hangs on an agency is said instead of closing it @desk", async ({ page, demo }) => {
  await (await adminOf(demo)).open(page, "/agencies");
  await page.getByRole("button", { name: `关闭 ${COUNTY}` }).click();
  const question = page.getByRole("dialog", { name: "关闭机构" });
  await expect(question).toContainText(/现在还不能关闭：它还有 \d+ 家由它认证的单位、(\d+ 件没有办结的事项、)?\d+ 个没有停用的账号/);
  await noBarriers(page);
  await question.getByRole("button", { name: "知道了" }).click();
  await expect(question).toBeHidden();
});

test.describe("two at once, and refusals", () => {
  test.use({ tolerated: [/status of 4(03|04|09|22)/] });

  test("when two admins change an agency, the second reads what stands and decides anew @desk", async ({ page, demo }) => {
    const admin = await adminOf(demo);
    const { agency, version } = await entryOf(admin, COUNTY);
    await admin.open(page, "/agencies");
    await page.getByRole("button", { name: `修改 ${COUNTY}` }).click();
    await field(page, "机构全称").fill("石阡县就业服务局");
    const form = { name: "同事改过的局", level: agency.level, division: agency.division, parent: agency.parent, areas: [] };
    await admin.ask("/api/agency/change", { id: agency.id, version, form });
    await page.getByRole("button", { name: "保存" }).click();
    await expect(page.getByText(/现在保存的是“同事改过的局”/)).toBeVisible();
    await expect(field(page, "机构全称")).toHaveValue("石阡县就业服务局");
    await field(page, "机构全称").fill(COUNTY);
    await page.getByRole("button", { name: "保存" }).click();
    await expect(page.getByText(`已保存 ${COUNTY}。`)).toBeVisible();
  });

  test("nobody else reaches agencies and accounts, and another province's are not there @desk", async ({ demo }) => {
    const { agency } = await entryOf(await adminOf(demo), COUNTY);
    const close = { id: agency.id, version: 1 };
    for (const person of [{ role: "reviewer", login: "guizhou.reviewer" }, { role: "auditor", login: "guizhou.auditor" }, { role: "operator", login: "guizhou.operator" }, { role: "trainee" }]) {
      const other = await clientOf(demo, demo.person(person));
      for (const path of ["/api/agency/board", "/api/staff/list"]) expect((await other.get(path)).status, `${person.role} ${path}`).toBe(403);
      expect((await other.post("/api/agency/close", close)).status, person.role).toBe(403);
    }
    const jilin = await clientOf(demo, demo.person({ role: "admin", login: "jilin.admin" }));
    expect((await jilin.post("/api/agency/close", close)).status).toBe(404);
    expect((await new Client(demo).get("/api/agency/board")).status).toBe(401);
  });
});

test("a division ends on a day and says what that means @desk", async ({ page, demo }) => {
  const admin = await clientOf(demo, demo.person({ role: "admin", login: "chongqing.admin" }));
  await admin.open(page, "/agencies");
  await page.getByText("结束一个市或县").click();
  await page.getByLabel("哪个市或县").selectOption({ label: "重庆市城口县" });
  await page.getByLabel(/^用到哪天/).fill("2027-06-30");
  await expect(page.getByText(/新登记的地址不能再选“重庆市城口县”/)).toBeVisible();
  await page.getByRole("button", { name: "结束这个区划" }).click();
  await expect(page.getByText("重庆市城口县 用到2027年6月30日为止。")).toBeVisible();
  await expect(page.getByText("500229 · 用到2027年6月30日")).toBeVisible();
});

test("an account is opened, its secrets are shown once and work, then it is barred @desk", async ({ page, demo, another }) => {
  const admin = await adminOf(demo);
  await admin.open(page, "/accounts");
  await noBarriers(page);
  await page.getByRole("radio", { name: "审核人员" }).check();
  await field(page, "姓名").fill("安顺心");
  await page.getByLabel(/^登录账号/).fill("sq.anshunxin");
  await field(page, "机构").selectOption({ label: `　　${COUNTY}` });
  await page.getByRole("button", { name: "开通账号" }).click();
  await expect(page.getByText("只显示这一次")).toBeVisible();
  await expect(page.getByRole("img", { name: /验证器二维码/ })).toBeVisible();
  await noBarriers(page);
  const [login, password, totp_secret] = await page.locator(".handover code").allTextContents();
  expect(login).toBe("sq.anshunxin");

  const theirs = await another("desk");
  await signInAs(theirs, demo, { login, password, totp_secret }, { fresh: true });
  await expect(theirs).toHaveURL(/\/cases$/);

  await page.getByRole("button", { name: "已交给本人，关掉" }).click();
  await expect(page.locator(".handover")).toHaveCount(0);
  await page.getByRole("button", { name: "停用 安顺心" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确定停用 安顺心" }).click();
  await expect(page.getByText("已停用 安顺心 的账号。")).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in\?next=\/account$/);
});

test("the list is searched through its address @desk", async ({ page, demo }) => {
  await (await adminOf(demo)).open(page, "/accounts");
  await page.getByLabel(/^姓名、账号、机构或单位/).fill("guizhou.auditor");
  await page.getByRole("button", { name: "查找" }).click();
  await page.waitForURL(/text=guizhou\.auditor/);
  await awake(page);
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expect(page.getByRole("rowheader")).toContainText("周正");
});
