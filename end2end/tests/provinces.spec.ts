// The same code, four provinces: a unit registers, proves its identity and is certified by the agencies that its province's
// rules name, in their order; an agency that has no part in it sees nothing of it.
import { clientOf } from "../harness/client.mjs";
import { newUnit } from "../harness/people.mjs";
import { awake, expect, noBarriers, test } from "../harness/test.mjs";
import { applyForCertification, caseOf, paper, registerOnScreen, submitIdentity } from "../harness/unit.mjs";

test.use({ world: "provinces", tolerated: [/status of 40[34]/] });

/** Each step of a chain is `[sign-in of the reviewer, what the button says]`. The outsiders have no part in the identity's and in
 * the certification's case; they are as near as there are any. */
const PROVINCES = [
  {
    name: "贵州：市级计划由市级审核",
    unit: { division: "520623" },
    identity: "guizhou.reviewer.shiqian",
    plan: "市级见习计划",
    chain: [["guizhou.reviewer.tongren", "通过"]],
    outsiders: ["guizhou.reviewer", "guizhou.reviewer.shiqian"],
  },
  {
    name: "山东：区县初审、市级终审、报省备案",
    unit: { division: "370102", address: "泺源大街 88 号", name: "济南泉畔软件有限公司" },
    identity: "shandong.reviewer",
    plan: "县级见习计划",
    chain: [["shandong.reviewer", "通过"], ["shandong.reviewer.jinan", "通过"], ["shandong.reviewer.province", "备案"]],
    outsiders: ["shandong.reviewer.shizhong", "shandong.reviewer.shizhong"],
  },
  {
    name: "吉林：一级审核",
    unit: { division: "220104", address: "前进大街 99 号", name: "长春松苑电子有限公司" },
    identity: "jilin.reviewer",
    plan: "县级见习计划",
    chain: [["jilin.reviewer", "通过"]],
    outsiders: ["jilin.reviewer.nanguan", "jilin.reviewer.nanguan"],
  },
  {
    name: "重庆：实地考察后审核",
    unit: { division: "500157", address: "黄山大道 18 号", name: "重庆照母山软件有限公司" },
    identity: "chongqing.reviewer",
    plan: "县级见习计划",
    chain: [["chongqing.reviewer", "填写考察记录"], ["chongqing.reviewer", "通过"]],
    outsiders: ["chongqing.reviewer.yuzhong", "chongqing.reviewer.yuzhong"],
  },
];

/** Approves the unit's case on the reviewer's own screen. */
async function approve(page, demo, login, kind, unit, words) {
  const { reviewer, row } = await caseOf(demo, login, kind, unit);
  expect(row, `${login} has the case of ${unit.name}`).toBeDefined();
  if (words === "备案") {
    await reviewer.open(page, `/cases?kind=${kind}`);
    await page.getByRole("checkbox", { name: `选择${unit.name}` }).check();
    await page.getByRole("button", { name: "批量通过" }).click();
    const question = page.getByRole("dialog", { name: "批量通过" });
    await expect(question.getByText(unit.name)).toBeVisible();
    await noBarriers(page);
    await question.getByRole("button", { name: "通过 1 件" }).click();
    await expect(page.getByText("已通过 1 件。")).toBeVisible();
    return row.id;
  }
  await reviewer.open(page, `/cases?kind=${kind}&case=${row.id}`);
  const panel = page.getByRole("region", { name: unit.name });
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: words, exact: true }).click();
  if (words === "填写考察记录") {
    await panel.getByLabel("考察日期").fill(new Date(demo.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await panel.getByLabel("考察人").fill("唐蓉、何川");
    await panel.getByLabel("见习场所").fill("三楼办公区 200 平方米，工位和消防通道齐全");
    await panel.getByLabel("经营状况").fill("正常经营，在岗 46 人");
    await panel.getByLabel("岗位需求").fill("电子商务 4 人，岗位真实");
    await panel.getByLabel(/选择文件：考察照片/).setInputFiles(paper("考察表.pdf"));
    await expect(panel.getByText("考察表.pdf").first()).toBeVisible();
    await noBarriers(page);
    await panel.getByRole("button", { name: "通过", exact: true }).click();
  }
  await expect(page.getByText(`${unit.name}：已通过。`)).toBeVisible();
  return row.id;
}

/** Screens, server functions and files are all closed to an agency that has no part in the case. */
async function seesNothing(page, demo, login, { id, version, papers }, unit) {
  const outsider = await clientOf(demo, demo.person({ role: "reviewer", login }));
  expect((await outsider.get(`/api/review/case?id=${id}`)).status).toBe(404);
  const form = { verdict: "approve" };
  expect((await outsider.post("/api/review/decide", { id, version, form })).status).toBe(404);
  const [inBulk] = await outsider.ask("/api/review/approve_many", { cases: [[id, version]] });
  expect(inBulk.refused, "not in bulk either").toBeTruthy();
  const search = encodeURIComponent(unit.name);
  for (const folder of ["open", "returned", "escalated", "done"]) {
    const { rows } = await outsider.ask(`/api/review/queue?folder=${folder}&search=${search}`);
    expect(rows.map((row) => row.id), folder).not.toContain(id);
  }
  expect(papers.length).toBeGreaterThan(0);
  for (const { file } of papers) {
    for (const path of [`/files/${file.id}`, `/files/${file.id}/thumbnail`]) {
      expect((await outsider.get(path)).status, path).toBe(404);
    }
  }
  await outsider.open(page, `/cases/${id}`);
  await expect(page.getByRole("alert").filter({ hasText: "没有找到" })).toBeVisible();
  await expect(page.getByText(unit.name)).toHaveCount(0);
  await outsider.open(page, `/cases?q=${search}`);
  await expect(page.getByText("没有符合条件的事项")).toBeVisible();
}

/** The case with its papers, on the screen of the reviewer who has it. */
async function asItsReviewerSees(demo, login, kind, unit) {
  const { reviewer, row } = await caseOf(demo, login, kind, unit);
  return reviewer.ask(`/api/review/case?id=${row.id}`);
}

/** The same without the licence: it comes from the identity, so the county that decided there has read it. */
const ofCertification = (view) => ({ ...view, papers: view.papers.filter(({ field }) => field !== "licence") });

for (const [at, province] of PROVINCES.entries()) {
  test(`${province.name} @tablet @story`, async ({ page, demo, another }) => {
    test.setTimeout(180_000);
    const unit = newUnit({ login: `province.op${at}`, ...province.unit });
    const [stranger, bystander] = province.outsiders;
    await registerOnScreen(page, demo, unit);
    await submitIdentity(page);
    await noBarriers(page);
    const desk = await another("desk");
    await seesNothing(desk, demo, stranger, await asItsReviewerSees(demo, province.identity, "host_identity", unit), unit);
    await approve(desk, demo, province.identity, "host_identity", unit, "通过");

    await applyForCertification(page, province.plan);
    await expect(page.getByRole("button", { name: /提交/ }), "the application is on its way").toHaveCount(0);
    let certification = await asItsReviewerSees(demo, province.chain[0][0], "certification", unit);
    await seesNothing(desk, demo, bystander, ofCertification(certification), unit);
    for (const [login, words] of province.chain) {
      certification = await asItsReviewerSees(demo, login, "certification", unit);
      await approve(desk, demo, login, "certification", unit, words);
    }
    await seesNothing(desk, demo, bystander, ofCertification(certification), unit);
    await page.goto("/host/certification");
    await awake(page);
    await expect(page.getByText("已认证").first()).toBeVisible();
    await noBarriers(page);
    await page.goto("/host/certification/print");
    await awake(page);
    const line = (title) => page.getByRole("row").filter({ hasText: title });
    await expect(line("法定代表人")).toContainText(unit.legal_representative);
    await expect(line("附件")).toContainText("营业执照");
    await noBarriers(page);
    const decided = await clientOf(demo, demo.person({ role: "reviewer", login: province.chain.at(-1)[0] }));
    const { rows } = await decided.ask(`/api/certification/units?search=${encodeURIComponent(unit.name)}`);
    await decided.open(desk, `/units/${rows[0].id}`);
    await desk.getByRole("link", { name: "打印申请表" }).click();
    await expect(desk.getByRole("row").filter({ hasText: "经办人和电话" })).toContainText("****");
    await noBarriers(desk);
    await page.goto("/messages");
    await awake(page);
    await expect(page.getByText(/见习单位认证/).first()).toBeVisible();
  });
}
