// A unit on its way to certification: registered, its papers, its application, and the reviewers who decide about it.
import { expect } from "@playwright/test";
import { Client, clientOf } from "./client.mjs";
import { newUnit } from "./people.mjs";
import { awake } from "./sign_in.mjs";
import { codeOfStep, stepAt } from "./totp.mjs";

/** A PDF of one empty page, as a scanner would make it; another name is another paper. */
const pdf = (name) => Buffer.from(`%PDF-1.7\n%${name}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`);
export const paper = (name) => ({ name, mimeType: "application/pdf", buffer: pdf(name) });

/** What the authenticator shows for the secret on the page. */
export async function codeOnPage(page, demo) {
  const secret = await page.locator("code.secret").innerText();
  return codeOfStep(secret, stepAt(demo.now()));
}

const PLACES = {
  520623: ["贵州省", "铜仁市", "石阡县"],
  370102: ["山东省", "济南市", "历下区"],
  220104: ["吉林省", "长春市", "朝阳区"],
  500157: ["重庆市", "两江新区"],
};

/** Chooses province, city and county; below some provinces the county stands in the place of the city. */
export async function chooseCounty(page, division) {
  const [province, city, county] = PLACES[division];
  await page.getByLabel("省（自治区、直辖市）").selectOption({ label: province });
  await page.getByLabel("市（州、盟）").selectOption({ label: city });
  if (county) await page.getByLabel("县（市、区）").selectOption({ label: county });
}

/** The first step of the registration: what the licence says. */
export async function fillLicence(page, unit) {
  for (const [label, value] of [["单位名称", unit.name], ["统一社会信用代码", unit.credit_code], ["法定代表人", unit.legal_representative]]) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await chooseCounty(page, unit.division);
  await page.getByLabel("详细地址", { exact: true }).fill(unit.address);
}

/** The second step: operator and account. */
export async function fillOperator(page, unit) {
  for (const [label, value] of [["经办人姓名", unit.operator], ["经办人手机号", unit.phone], ["账号名", unit.login], ["设置密码", unit.password]]) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole("checkbox", { name: /隐私说明/ }).check();
}

/** Registers a unit as its operator does: three steps, then the second factor. */
export async function registerOnScreen(page, demo, unit) {
  await page.goto("/register/host");
  await awake(page);
  await fillLicence(page, unit);
  await page.getByRole("button", { name: "下一步" }).click();
  await fillOperator(page, unit);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("button", { name: "提交注册" }).click();
  await page.waitForURL("**/register/host/second-factor");
  await awake(page);
  await page.getByLabel("6 位验证码", { exact: true }).fill(await codeOnPage(page, demo));
  await page.getByRole("button", { name: "绑定并登录" }).click();
  await page.waitForURL("**/host/unit");
  await awake(page);
}

/** Registers a unit as a program would, and signs in on the page with the secret that the page shows. */
export async function registered(page, demo, unit = newUnit()) {
  const client = new Client(demo);
  const answer = await client.postForm("/api/host/register", unit);
  expect(answer.status, answer.text).toBe(200);
  await client.open(page, "/register/host/second-factor");
  await page.getByLabel("6 位验证码", { exact: true }).fill(await codeOnPage(page, demo));
  await page.getByRole("button", { name: "绑定并登录" }).click();
  await page.waitForURL("**/host/unit");
  await awake(page);
  return unit;
}

/** Hands the identity in with both papers. */
export async function submitIdentity(page) {
  for (const [field, name] of [["营业执照", "执照.pdf"], ["经办人授权书", "授权书.pdf"]]) {
    await page.getByLabel(new RegExp(`选择文件：${field}`)).setInputFiles(paper(name));
    await expect(page.getByText(name).first()).toBeVisible();
  }
  await page.getByRole("button", { name: "提交实名认证" }).click();
  await expect(page.getByText("已提交，等待审核")).toBeVisible();
}

/** Fills the application for certification and sends it. */
export async function applyForCertification(page, plan) {
  const row = (thing) => page.getByRole("group", { name: `第 1 行${thing}` });
  await page.goto("/host/certification");
  await awake(page);
  await page.getByRole("radio", { name: new RegExp(plan) }).check();
  await page.getByRole("textbox", { name: "单位简介" }).fill("主营农产品加工和电商运营，现有职工四十六人，能提供带教、工位和食宿，常年招收应届毕业生。");
  await page.getByRole("textbox", { name: "参保员工人数" }).fill("46");
  await row("专业").getByLabel("专业或岗位类别").fill("电子商务");
  await row("专业").getByLabel("人数").fill("4");
  await row("带教人员").getByLabel("姓名").fill("田景华");
  await row("带教人员").getByLabel("职称或职务").fill("运营主管");
  await row("带教人员").getByLabel("从业年限").fill("8");
  await row("专职人员").getByLabel("姓名").fill("罗敏");
  await row("专职人员").getByLabel("职务").fill("人事专员");
  await page.getByLabel(/选择文件：管理制度文件/).setInputFiles(paper("管理制度.pdf"));
  await expect(page.getByText("管理制度.pdf").first()).toBeVisible();
  await page.getByRole("button", { name: "提交申请" }).click();
}

/** The reviewer's client and their open case about this unit. */
export async function caseOf(demo, login, kind, unit) {
  const reviewer = await clientOf(demo, demo.person({ role: "reviewer", login }));
  const { rows } = await reviewer.ask(`/api/review/queue?kind=${kind}&search=${encodeURIComponent(unit.name)}`);
  return { reviewer, row: rows.find(({ subject }) => subject === unit.name) };
}

/** Approves the unit's case at its present stage, as a program would. */
async function approved(demo, login, kind, unit) {
  const { reviewer, row } = await caseOf(demo, login, kind, unit);
  expect(row, `${login} has the case of ${unit.name}`).toBeDefined();
  await reviewer.ask("/api/review/decide", { id: row.id, version: row.version, form: { verdict: "approve" } });
}

/** A unit whose identity its county has verified, as a program would; `reviewer` is the county's. */
export async function verifiedUnit(demo, { reviewer = "guizhou.reviewer.shiqian", ...changes } = {}) {
  const operator = await new Client(demo).registerUnit(newUnit(changes));
  const { person: unit } = operator;
  const { name, credit_code, division, address, legal_representative } = unit;
  const licence = await operator.upload("licence", paper("执照.pdf"));
  const operator_letter = await operator.upload("operator_letter", paper("授权书.pdf"));
  const form = { name, credit_code, division, address, legal_representative, operator: unit.operator, licence, operator_letter };
  await operator.ask("/api/host/submit_identity", { form });
  await approved(demo, reviewer, "host_identity", unit);
  return { operator, unit };
}

/** What a unit applies with, but for its papers. */
const APPLICATION = {
  plan: "county",
  profile: "主营农产品加工和电商运营，现有职工四十六人，能提供带教、工位和食宿，常年招收应届毕业生。",
  insured_employees: "46",
  needs: [{ profession: "电子商务", people: "4", note: "" }],
  mentors: [{ name: "田景华", title: "运营主管", years: "8" }],
  staff: [{ name: "罗敏", position: "人事专员" }],
};

/** A unit that has sent its application. */
export async function applicant(demo, options) {
  const made = await verifiedUnit(demo, options);
  const management_rules = await made.operator.upload("management_rules", paper("管理制度.pdf"));
  const { version } = await made.operator.ask("/api/certification/view");
  await made.operator.ask("/api/certification/submit", { version, form: { ...APPLICATION, management_rules } });
  return made;
}

/** A unit that its county has certified. */
export async function certifiedUnit(demo, options) {
  const made = await applicant(demo, options);
  await approved(demo, options?.reviewer ?? "guizhou.reviewer.shiqian", "certification", made.unit);
  return made;
}
