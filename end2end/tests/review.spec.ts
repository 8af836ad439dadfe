// 待办: the queue by deadline with its address, the keyboard, a return with named fields, and two who decide at once.
import { Client, clientOf } from "../harness/client.mjs";
import { newcomer } from "../harness/people.mjs";
import { awake, expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "review" });

const reviewerOf = (demo, login = "guizhou.reviewer.shiqian") => clientOf(demo, demo.person({ role: "reviewer", login }));
const panel = (page, name) => page.getByRole("region", { name });

/** Somebody new in 石阡, whose identity waits for the county. */
async function waiting(demo) {
  const person = newcomer();
  await new Client(demo).register(person);
  const reviewer = await reviewerOf(demo);
  const { rows } = await reviewer.ask(`/api/review/queue?search=${encodeURIComponent(person.name)}`);
  return { person, reviewer, id: rows[0].id };
}

test("the queue runs by deadline, and what is shown stands in the address", async ({ page, demo }) => {
  const { person, reviewer } = await waiting(demo);
  await reviewer.open(page, "/cases");
  await expect(page.getByRole("heading", { level: 1, name: "待办审核" })).toBeVisible();
  const left = (await reviewer.ask("/api/review/queue")).rows.map(({ due }) => due.left);
  expect(left, "the earliest first").toEqual([...left].sort((one, other) => one - other));
  await noBarriers(page);
  await page.getByRole("searchbox", { name: "按单位或姓名查找" }).fill(person.name);
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page).toHaveURL(/q=/);
  await awake(page);
  await page.getByRole("link", { name: new RegExp(person.name) }).click();
  await expect(page).toHaveURL(/case=/);
  await expect(panel(page, person.name)).toContainText("石阡县人力资源和社会保障局");
  await expect(panel(page, person.name), "who decides reads the number").toContainText(person.id_card);
  await noBarriers(page);
  await page.reload();
  await expect(panel(page, person.name)).toBeVisible();
});

test("an empty queue says so", { tag: "@desk" }, async ({ page, demo }) => {
  await (await reviewerOf(demo, "guizhou.reviewer.guiyang")).open(page, "/cases");
  await expect(page.getByText("没有待办事项")).toBeVisible();
  await noBarriers(page);
  await page.goto("/cases?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E4%BA%BA");
  await expect(page.getByText("没有符合条件的事项")).toBeVisible();
});

test("j and k walk through the queue, r begins a return", { tag: "@desk" }, async ({ page, demo }) => {
  await waiting(demo);
  const { reviewer } = await waiting(demo);
  await reviewer.open(page, "/cases");
  const links = page.locator("a.case-link");
  const open = page.locator('a.case-link[aria-current="true"]');
  await page.keyboard.press("j");
  await expect(open).toHaveText(await links.nth(0).innerText(), { useInnerText: true });
  await page.keyboard.press("j");
  await expect(open).toHaveText(await links.nth(1).innerText(), { useInnerText: true });
  await page.keyboard.press("k");
  await expect(open).toHaveText(await links.nth(0).innerText(), { useInnerText: true });
  await page.keyboard.press("r");
  await expect(page.getByRole("group", { name: "需要补正的内容" })).toBeVisible();
});

test("a leads to the approval and decides nothing by itself, and a ticked box does not take the keys away", { tag: "@desk" }, async ({ page, demo }) => {
  const { person, reviewer, id } = await waiting(demo);
  await reviewer.open(page, `/cases?case=${id}`);
  await expect(panel(page, person.name)).toBeVisible();
  await page.keyboard.press("a");
  await expect(panel(page, person.name).getByRole("heading", { name: "通过前的记录" })).toBeVisible();
  expect((await reviewer.ask(`/api/review/case?id=${id}`)).state).toBe("submitted");
});

test("a return needs its fields and a reason, keeps what was typed, and the person reads both", async ({ page, demo }) => {
  const { person, reviewer, id } = await waiting(demo);
  await reviewer.open(page, `/cases/${id}`);
  const card = panel(page, person.name);
  await card.getByRole("button", { name: "退回补正" }).click();
  await card.getByRole("button", { name: "退回给对方" }).click();
  await expect(card.getByText("请勾选需要补正的内容，对方只能修改勾选的部分").last()).toBeVisible();
  await expect(card.getByText("请写明原因，对方会看到这句话").last()).toBeVisible();
  await noBarriers(page);
  await card.getByRole("checkbox", { name: "身份证照片" }).check();
  await card.getByLabel("为什么退回，怎么改").fill("电话没有打通，请上传身份证两面的照片");
  await page.reload();
  await awake(page);
  await expect(card.getByLabel("为什么退回，怎么改")).toHaveValue("电话没有打通，请上传身份证两面的照片");
  await card.getByRole("button", { name: "退回给对方" }).click();
  await expect(page.getByText(`${person.name}：已退回补正。`)).toBeVisible();
  await expect(card).toContainText("已退回，待补正");
  const trainee = new Client(demo);
  await trainee.signIn({ login: person.phone, password: person.password });
  const { standing } = await trainee.ask("/api/identity/person");
  expect(standing.reason).toBe("电话没有打通，请上传身份证两面的照片");
});

test.describe("two at once", () => {
  test.use({ tolerated: [/status of 409/] });

  test("the later one is told who was quicker, and sees how the case stands", { tag: "@desk" }, async ({ page, demo }) => {
    const { person, reviewer, id } = await waiting(demo);
    await reviewer.open(page, `/cases/${id}`);
    const card = panel(page, person.name);
    await card.getByRole("button", { name: "通过", exact: true }).click();
    await card.getByRole("radio", { name: /电话核实/ }).check();
    await card.getByLabel("核实经过").fill("9:40 通话，核对一致");
    const { version } = await reviewer.ask(`/api/review/case?id=${id}`);
    await reviewer.ask("/api/review/decide", { id, version, form: { verdict: "approve", proof: "phone", note: "先一步通话核对" } });
    await card.getByRole("button", { name: "通过", exact: true }).click();
    await expect(page.getByText(/田应钦刚刚已办理这件事项：通过/)).toBeVisible();
    await expect(card).toContainText("已通过");
    await expect(card.getByRole("button", { name: "退回补正" })).toHaveCount(0);
  });
});
