// A unit's certification when it does not go straight: returned, rejected, ordered to rectify, disqualified, cleaned out; and
// how the unit goes on each time.
import { clientOf } from "../harness/client.mjs";
import { awake, expect, noBarriers, test, visit } from "../harness/test.mjs";
import { applicant, caseOf, certifiedUnit, paper } from "../harness/unit.mjs";

test.use({ world: "unit_life" });

const SHIQIAN = "guizhou.reviewer.shiqian";
const PAGE = "/host/certification";

/** The county decides the unit's application as a program would. */
async function decide(demo, unit, form) {
  const { reviewer, row } = await caseOf(demo, SHIQIAN, "certification", unit);
  await reviewer.ask("/api/review/decide", { id: row.id, version: row.version, form });
}

test("a returned application opens the named fields alone, and the county sees what was mended", { tag: "@tablet" }, async ({ page, demo, another }) => {
  test.slow();
  const { operator, unit } = await applicant(demo);
  const reason = "简介没有写见习条件，人数和制度也请核对";
  await decide(demo, unit, { verdict: "return", reason, fields: ["profile", "needs", "management_rules"] });

  await operator.open(page, "/messages");
  await page.getByRole("link", { name: /见习单位认证被退回，请修改/ }).click();
  await page.waitForURL(`**${PAGE}`);
  await expect(page.locator(".head").getByText("已退回，请修改"), "it is the unit's turn").toBeVisible();
  await expect(page.getByText(`原因：${reason}`)).toBeVisible();
  const section = (name) => page.getByRole("region", { name });
  for (const name of ["二、单位简介", "四、近年专业及人数需求", "七、就业见习管理制度"]) {
    await expect(section(name)).toContainText("已退回，请修改");
  }
  const sealed = ["一、见习计划", "三、参保员工", "五、见习指导师资", "六、专职人员", "八、师资名单附件", "九、专职人员附件"];
  for (const name of sealed) {
    await expect(section(name)).toContainText("已封存");
    await expect(section(name).locator("input, textarea, select, button:not(.paper)")).toHaveCount(0);
  }
  await noBarriers(page);

  await page.getByRole("textbox", { name: "单位简介" }).fill("主营农产品加工和电商运营，能提供带教、工位和食宿，见习人员单独排班。");
  await page.getByRole("group", { name: "第 1 行专业" }).getByLabel("人数").fill("6");
  await page.getByLabel("换一个文件：管理制度文件").setInputFiles(paper("管理制度（盖章）.pdf"));
  await expect(page.getByText("管理制度（盖章）.pdf").first()).toBeVisible();
  await page.getByRole("button", { name: "重新提交" }).click();
  await expect(page.getByText("石阡县人力资源和社会保障局正在审核（县级审核）")).toBeVisible();
  await expect(page.getByRole("button", { name: "重新提交" })).toHaveCount(0);

  const desk = await another("desk");
  const { reviewer, row } = await caseOf(demo, SHIQIAN, "certification", unit);
  await reviewer.open(desk, `/cases?case=${row.id}`);
  const card = desk.getByRole("region", { name: unit.name });
  await expect(card).toBeVisible();
  const mended = card.locator("dd").filter({ hasText: "已补正" });
  await expect(mended).toHaveCount(2);
  await expect(mended.filter({ hasText: "见习人员单独排班" })).toBeVisible();
  await expect(mended.filter({ hasText: "电子商务 6 人" })).toBeVisible();
  await expect(card.getByRole("listitem").filter({ hasText: "已补正" })).toContainText("管理制度");
  await card.getByText(/^办理记录/).click();
  await expect(card.getByText("需要补正：单位简介、专业及人数需求、就业见习管理制度")).toBeVisible();
  await noBarriers(desk);
  await card.getByRole("button", { name: "通过", exact: true }).click();
  await expect(desk.getByText(`${unit.name}：已通过。`)).toBeVisible();

  await visit(page, "/host/unit");
  await expect(page.getByText("已经可以接收见习人员")).toBeVisible();
  await visit(page, PAGE);
  await expect(page.getByText("本单位已通过认证")).toBeVisible();
});

test("a rejected application is read, begun anew with what was typed, and sent again", { tag: "@desk" }, async ({ page, demo }) => {
  const { operator, unit } = await applicant(demo);
  const reason = "参保人数与社保记录不符，请核实后再申请";
  await decide(demo, unit, { verdict: "reject", reason });
  await operator.open(page, "/host/unit");
  await page.getByRole("link", { name: "见习单位认证" }).click();
  await awake(page);
  await expect(page.getByText("申请没有通过").first()).toBeVisible();
  await expect(page.getByText(reason)).toBeVisible();
  await expect(page.getByText("还没有到这一步"), "the county has rejected it").toHaveCount(0);
  await noBarriers(page);
  await page.getByRole("button", { name: "修改后重新申请" }).click();
  const insured = page.getByRole("textbox", { name: "参保员工人数" });
  await expect(insured).toHaveValue("46");
  await expect(page.getByText(reason), "while it is mended, too").toBeVisible();
  await expect(page.getByRole("radio", { name: /县级见习计划/ })).toBeChecked();
  await expect(page.getByText("管理制度.pdf").first()).toBeVisible();
  await expect(page.getByText("必填内容已填 7/7")).toBeVisible();
  await insured.fill("40");
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByText("石阡县人力资源和社会保障局正在审核（县级审核）")).toBeVisible();
  const { reviewer, row } = await caseOf(demo, SHIQIAN, "certification", unit);
  const { history } = await reviewer.ask(`/api/review/case?id=${row.id}`);
  expect(history.length, "a case of its own").toBe(1);
});

/** The agency's page of the unit, on a desk of its own. */
async function agencyPage(demo, another, unit) {
  const reviewer = await clientOf(demo, demo.person({ role: "reviewer", login: SHIQIAN }));
  const { rows } = await reviewer.ask(`/api/certification/units?search=${encodeURIComponent(unit.name)}`);
  const desk = await another("desk");
  await reviewer.open(desk, `/units/${rows[0].id}`);
  return desk;
}

/** The agency presses a button, says why, and reads where the unit stands now. */
async function act(desk, unit, words, typed, state) {
  await desk.getByRole("button", { name: words }).click();
  const sheet = desk.getByRole("dialog", { name: "请核对后办理" });
  for (const [label, text] of Object.entries(typed)) await sheet.getByLabel(label).fill(text as string);
  await sheet.getByRole("button", { name: "确认办理" }).click();
  await expect(desk.getByText(`${unit.name}：已办理“${words}”，现在是“${state}”。`)).toBeVisible();
}

test("a unit rectifies, is disqualified later, reads until when, and may apply again after the ban", { tag: "@desk" }, async ({ page, demo, another }) => {
  test.slow();
  const { operator, unit } = await certifiedUnit(demo);
  const desk = await agencyPage(demo, another, unit);
  await act(desk, unit, "责令整改", { 整改期限: "2026-12-19", 依据和原因: "年度考核不合格，带教记录缺失" }, "整改中");
  await operator.open(page, "/host/unit");
  await expect(page.getByText(/请在2026年12月19日前完成整改，等认证机构复核。/)).toBeVisible();

  await act(desk, unit, "整改合格", { 依据和原因: "现场复核，带教记录已经补齐" }, "已认证");
  await page.reload();
  await awake(page);
  await expect(page.getByText("已经可以接收见习人员")).toBeVisible();

  await act(desk, unit, "提供虚假材料，取消资格", { 依据和原因: "参保证明系伪造，已与社保记录核对" }, "已取消资格");
  await expect(desk.getByRole("heading", { name: "办理", exact: true })).toHaveCount(0);
  await noBarriers(desk);

  await visit(page, PAGE);
  await expect(page.getByText("本单位已被取消见习资格")).toBeVisible();
  await expect(page.getByText("2029年11月19日起才能重新申请")).toBeVisible();
  await expect(page.getByText(/参保证明系伪造/)).toBeVisible();
  await expect(page.getByRole("button", { name: /申请/ })).toHaveCount(0);
  await noBarriers(page);

  await demo.travel(Date.parse("2029-11-19T09:00:00+08:00"));
  const later = await another("desk");
  await (await operator.signIn(operator.person)).open(later, PAGE);
  await later.getByRole("button", { name: "重新申请认证" }).click();
  await expect(later.getByRole("textbox", { name: "参保员工人数" })).toHaveValue("46");
  await later.getByRole("button", { name: "提交申请" }).click();
  await expect(later.getByText("石阡县人力资源和社会保障局正在审核（县级审核）")).toBeVisible();
});

test("after an idle year the agency finds the unit, cleans it out, and the unit may begin anew", { tag: "@desk" }, async ({ demo, another }) => {
  test.slow();
  const { operator, unit } = await certifiedUnit(demo);
  await demo.travel(demo.now() + 367 * 86_400_000);
  const reviewer = await clientOf(demo, demo.person({ role: "reviewer", login: SHIQIAN }));
  const desk = await another("desk");
  await reviewer.open(desk, "/units");
  await expect(desk.getByText(/家本机构认证的单位已经长期没有开展见习/)).toBeVisible();
  await desk.getByRole("link", { name: "只看这些单位" }).click();
  const line = desk.getByRole("row").filter({ hasText: unit.name });
  await expect(line).toContainText("可核实清退");
  await noBarriers(desk);
  await line.getByRole("link", { name: unit.name }).click();
  await expect(desk.getByText("这个单位已超过 1 年没有开展见习")).toBeVisible();
  await act(desk, unit, "清退", { 依据和原因: "实地走访，一年多没有提供岗位" }, "已清退");

  const office = await another("desk");
  await (await operator.signIn(operator.person)).open(office, "/messages");
  await office.getByRole("link", { name: /见习单位资格已清退/ }).click();
  await expect(office.getByText("本单位已被清退，不能接收见习人员")).toBeVisible();
  await expect(office.getByText(/实地走访，一年多没有提供岗位/)).toBeVisible();
  await noBarriers(office);
  await office.getByRole("button", { name: "重新申请认证" }).click();
  await expect(office.getByText("必填内容已填 7/7")).toBeVisible();
});
