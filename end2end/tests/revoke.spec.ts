// 撤销审核 where the rules allow it: whoever decided last may take it back until the next agency has decided, and nobody else.
import { clientOf } from "../harness/client.mjs";
import { awake, expect, noBarriers, test } from "../harness/test.mjs";
import { applicant, caseOf } from "../harness/unit.mjs";

test.use({ world: "revoke" });

const LIXIA = "shandong.reviewer";
const JINAN = "shandong.reviewer.jinan";
const JINAN_UNIT = { division: "370102", address: "泺源大街 88 号", reviewer: LIXIA };

const reviewerOf = (demo, login) => clientOf(demo, demo.person({ role: "reviewer", login }));

/** The case of a unit, opened by a reviewer on a desk of their own. */
async function desk(demo, another, login, id, unit) {
  const page = await another("desk");
  await (await reviewerOf(demo, login)).open(page, `/cases/${id}`);
  const card = page.getByRole("region", { name: unit.name });
  await expect(card).toBeVisible();
  const button = (name) => card.getByRole("button", { name, exact: true });
  return { page, card, revoke: button("撤销审核，恢复到待审"), approve: button("通过") };
}

test("the county takes its approval back before the city decides; afterwards only the city can", { tag: "@desk" }, async ({ page, demo, another }) => {
  test.slow();
  const { operator, unit } = await applicant(demo, JINAN_UNIT);
  const { row } = await caseOf(demo, LIXIA, "certification", unit);
  const county = await desk(demo, another, LIXIA, row.id, unit);
  await expect(county.revoke, "there is nothing to take back yet").toHaveCount(0);
  await county.approve.click();
  await expect(county.page.getByText(`${unit.name}：已通过。`)).toBeVisible();
  await expect(county.revoke).toBeVisible();
  const city = await desk(demo, another, JINAN, row.id, unit);
  await expect(city.approve).toBeVisible();
  await expect(city.revoke).toHaveCount(0);
  const province = await desk(demo, another, "shandong.reviewer.province", row.id, unit);
  await expect(province.revoke).toHaveCount(0);

  await county.revoke.click();
  await county.card.getByRole("button", { name: "确定撤销" }).click();
  await expect(county.card.getByText("请写明原因，对方会看到这句话").last()).toBeVisible();
  await noBarriers(county.page);
  await county.card.getByLabel("原因").fill("参保人数看错了行，需要重新核对");
  await county.card.getByRole("button", { name: "确定撤销" }).click();
  await expect(county.page.getByText(`${unit.name}：已撤销审核，恢复到待审。`)).toBeVisible();
  await expect(county.approve).toBeVisible();
  await expect(county.revoke).toHaveCount(0);

  await city.page.reload();
  await awake(city.page);
  await expect(city.card.getByText(/^办理记录/)).toBeVisible();
  await expect(city.approve, "the case has gone back to the county").toHaveCount(0);

  await operator.open(page, "/messages");
  await page.getByRole("link", { name: "见习单位认证的结果已撤销，重新审核" }).click();
  await expect(page.getByText("济南市历下区人力资源和社会保障局正在审核（县级审核）")).toBeVisible();

  await county.approve.click();
  await expect(county.page.getByText(`${unit.name}：已通过。`)).toBeVisible();
  await city.page.reload();
  await awake(city.page);
  await city.approve.click();
  await expect(city.page.getByText(`${unit.name}：已通过。`)).toBeVisible();
  await expect(city.revoke).toBeVisible();
  await county.page.reload();
  await awake(county.page);
  await expect(county.card.getByRole("listitem").filter({ hasText: "市级审核" })).toContainText("通过");
  await expect(county.revoke, "the city has decided since").toHaveCount(0);
});

test("where the rules do not allow it, nobody is offered it", { tag: "@desk" }, async ({ demo, another }) => {
  const { unit } = await applicant(demo);
  const { reviewer, row } = await caseOf(demo, "guizhou.reviewer.shiqian", "certification", unit);
  await reviewer.ask("/api/review/decide", { id: row.id, version: row.version, form: { verdict: "approve" } });
  const county = await desk(demo, another, "guizhou.reviewer.shiqian", row.id, unit);
  await expect(county.card).toContainText("已通过");
  await expect(county.revoke).toHaveCount(0);
});
