// 见习单位认证 afterwards: the agency's 单位, an order to rectify that the host reads, and the printed form.
import { clientOf } from "../harness/client.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "certification" });

const HOST = "贵州云上数据服务有限公司";
const REASON = "年度考核不合格：带教记录缺失，经两次提醒没有改正";

const operatorOf = (demo) => clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
/** The demo's reviewer of the agency that certified the host. */
const reviewerOf = (demo) => clientOf(demo, demo.person({ role: "reviewer", login: "guizhou.reviewer" }));
const sheet = (page) => page.getByRole("dialog", { name: "请核对后办理" });

test("the agency finds its hosts by name and state, and the filter stands in the address", async ({ page, demo }) => {
  await (await reviewerOf(demo)).open(page, "/units");
  await expect(page.getByRole("heading", { level: 1, name: "单位" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: HOST })).toContainText("已认证");
  await noBarriers(page);
  await page.getByLabel("单位名称").fill("没有这家单位");
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page).toHaveURL(/search=/);
  await expect(page.getByText("没有符合条件的单位")).toBeVisible();
  await page.getByRole("link", { name: "清空" }).click();
  await expect(page.getByRole("link", { name: HOST })).toBeVisible();
});

test("an order to rectify asks with the name, needs a reason and a day, and the host reads it", async ({ page, demo, another }) => {
  const reviewer = await reviewerOf(demo);
  const { rows } = await reviewer.ask("/api/certification/units");
  const unit = rows.find(({ name }) => name === HOST);
  await reviewer.open(page, `/units/${unit.id}`);
  await expect(page.getByRole("heading", { level: 1, name: HOST })).toBeVisible();
  await noBarriers(page);
  await expect(page.getByRole("button", { name: "清退" })).toHaveCount(0);

  await page.getByRole("button", { name: "提供虚假材料，取消资格" }).click();
  await expect(sheet(page)).toContainText(HOST);
  await expect(sheet(page)).toContainText(/\d{4}年\d+月\d+日起才能重新申请/);
  await sheet(page).getByLabel("依据和原因").fill("这段话只属于取消资格");
  await sheet(page).getByRole("button", { name: "先不办理" }).click();

  await page.getByRole("button", { name: "责令整改" }).click();
  await expect(sheet(page).getByLabel("依据和原因"), "another act, another reason").toHaveValue("");
  await sheet(page).getByRole("button", { name: "确认办理" }).click();
  await expect(sheet(page).getByText("请写明依据和原因，单位会看到这段话").last()).toBeVisible();
  await expect(sheet(page).getByText("请选择整改期限").last()).toBeVisible();
  await noBarriers(page);
  const { today } = await reviewer.ask(`/api/certification/unit?id=${unit.id}`);
  const until = new Date(Date.parse(today) + 30 * 86_400_000).toISOString().slice(0, 10);
  await sheet(page).getByLabel("整改期限").fill(until);
  await sheet(page).getByLabel("依据和原因").fill(REASON);
  await sheet(page).getByRole("button", { name: "确认办理" }).click();
  await expect(page.getByText(`${HOST}：已办理“责令整改”，现在是“整改中”。`)).toBeVisible();
  await expect(page.getByRole("heading", { name: "处理记录" })).toBeVisible();
  await expect(page.getByText(REASON)).toBeVisible();

  const tablet = await another("tablet");
  await (await operatorOf(demo)).open(tablet, "/host/certification");
  await expect(tablet.getByText(/请在.+前完成整改/)).toBeVisible();
  await expect(tablet.getByText(REASON)).toBeVisible();
  await noBarriers(tablet);

  await page.getByRole("button", { name: "整改合格" }).click();
  await sheet(page).getByLabel("依据和原因").fill("现场复核，带教记录已经补齐");
  await sheet(page).getByRole("button", { name: "确认办理" }).click();
  await expect(page.getByText(/现在是“已认证”/)).toBeVisible();
});

test("an auditor reads and cannot act, and an operator is refused", async ({ page, demo }) => {
  const auditor = await clientOf(demo, demo.person({ role: "auditor", login: "guizhou.auditor" }));
  const { rows } = await auditor.ask("/api/certification/units");
  await auditor.open(page, `/units/${rows[0].id}`);
  await expect(page.getByRole("heading", { name: "认证和见习情况" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "办理" })).toHaveCount(0);
  const operator = await operatorOf(demo);
  expect((await operator.get(`/api/certification/unit?id=${rows[0].id}`)).status).toBe(403);
});

test("the application is printed on paper without buttons", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/certification");
  await noBarriers(page);
  await page.getByRole("link", { name: "打印申请表" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "就业见习单位申请表" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "单位名称" })).toContainText(HOST);
  await noBarriers(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "打印" })).toBeHidden();
});
