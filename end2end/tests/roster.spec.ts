// 见习人员: taking a person on who was met offline, and what became of each offer.
import { recordId } from "../harness/check_in.mjs";
import { Client, clientOf, traineeAt } from "../harness/client.mjs";
import { newcomer } from "../harness/people.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "roster" });

const operatorOf = (demo) => clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
const row = (page, name) => page.getByRole("row").filter({ hasText: name });
const field = (page, name) => page.getByLabel(name, { exact: true });
const send = (page) => page.getByRole("button", { name: "录入", exact: true }).click();

test("the people stand by state, with the reason of whoever declined", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  const people = await operator.ask("/api/internship/roster");
  const declined = people.find(({ state }) => state === "declined");
  await operator.open(page, "/host/people");
  await expect(page.getByRole("heading", { level: 1, name: "见习人员" })).toBeVisible();
  for (const title of [/^等本人确认 · \d+ 人$/, /^见习中 · \d+ 人$/, /^本人已谢绝 · \d+ 人$/, /^单位已撤回 · \d+ 人$/, /^已结束 · \d+ 人$/]) {
    await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();
  }
  await expect(row(page, declined.name)).toContainText(declined.decline_reason);
  await expect(page.getByText(/1[3-9]\d{9}/)).toHaveCount(0);
  await noBarriers(page);
});

test("an empty form says beside each field what is missing", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/people/new");
  await noBarriers(page);
  await send(page);
  const summary = page.getByRole("alert").filter({ hasText: "还有几处需要改一下" });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(7);
  for (const name of ["姓名", "本人手机号", "岗位名称", "签到地点", "开始日期", "结束日期", "每月生活费"]) {
    await expect(field(page, name)).toHaveAttribute("aria-invalid", "true");
  }
  await noBarriers(page);
  await summary.getByRole("link").first().click();
  await expect(field(page, "姓名")).toBeFocused();
  await field(page, "姓名").fill("安小满");
  await expect(field(page, "姓名")).not.toHaveAttribute("aria-invalid", "true");
});

test("a person is taken on: errors beside the fields, typed values survive a reload, one offer @tablet", async ({ page, demo, another }) => {
  const operator = await operatorOf(demo);
  const person = newcomer();
  const trainee = await new Client(demo).register(person);
  const before = (await operator.ask("/api/internship/roster")).length;
  await operator.open(page, "/host/people/new");
  await field(page, "姓名").fill("Robert'); DROP TABLE trainee;--");
  await field(page, "本人手机号").fill("12345");
  await field(page, "岗位名称").fill("数据标注");
  await field(page, "签到地点").selectOption({ index: 1 });
  await field(page, "开始日期").fill("2026-11-19");
  await field(page, "结束日期").fill("2026-12-31");
  await field(page, "每月生活费").fill("二千一");
  await send(page);
  await expect(page.getByText("姓名只能是汉字和“·”，请按身份证上的姓名填写").last()).toBeVisible();
  await expect(page.getByText(/见习期限是 3 到 12 个月/).last()).toBeVisible();
  await expect(page.getByText("金额填数字，例如 2100 或 2100.50，单位是元").last()).toBeVisible();
  await expect(field(page, "本人手机号")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "岗位名称")).not.toHaveAttribute("aria-invalid", "true");

  await field(page, "姓名").fill(person.name);
  await field(page, "本人手机号").fill(person.phone);
  await page.reload();
  await expect(page.locator("html[data-awake]")).toBeAttached();
  await expect(field(page, "姓名")).toHaveValue(person.name);
  await expect(field(page, "签到地点")).not.toHaveValue("");
  await page.getByRole("button", { name: "6 个月" }).click();
  await expect(field(page, "结束日期")).toHaveValue("2027-05-18");
  await field(page, "每月生活费").fill("2,100");
  await expect(page.getByText("每月 ¥2,100.00")).toBeVisible();
  await send(page);
  await expect(page.getByRole("heading", { name: `已录入 ${person.name}` })).toBeFocused();
  await noBarriers(page);
  const roster = await operator.ask("/api/internship/roster");
  expect(roster).toHaveLength(before + 1);
  expect(roster.find(({ name }) => name === person.name)).toMatchObject({ state: "offered", allowance: 210_000, ends_on: "2027-05-18" });

  const phone = await another("phone");
  await trainee.open(phone, "/today");
  await expect(phone.getByRole("region", { name: "等你确认的见习邀请" })).toContainText("数据标注");
});

test.describe("an answer that the server sends back", () => {
  test.use({ tolerated: [/status of 422/] });

  test("declining needs a reason, and the host reads it @phone", async ({ page, demo, another }) => {
    const operator = await operatorOf(demo);
    const trainee = await traineeAt(demo, operator, { confirm: false });
    await trainee.open(page, "/today");
    await page.getByRole("link", { name: /查看并答复/ }).click();
    await expect(page.getByRole("heading", { name: "确认参加，就是你同意" })).toBeVisible();
    await page.getByText("我不参加", { exact: true }).click();
    await noBarriers(page);
    await page.getByRole("button", { name: "确定不参加" }).click();
    await expect(page.getByText("请写一下不参加的原因，单位会看到").first()).toBeVisible();
    expect((await trainee.ask(`/api/internship/view?id=${trainee.internship}`)).offer.state).toBe("offered");
    await page.getByLabel("为什么不参加").fill("已经找到离家更近的工作");
    await page.getByRole("button", { name: "确定不参加" }).click();
    await expect(page.getByText("你没有参加这份见习")).toBeVisible();
    await noBarriers(page);
    const tablet = await another("tablet");
    await operator.open(tablet, "/host/people");
    await expect(row(tablet, trainee.person.name)).toContainText("已经找到离家更近的工作");
  });
});

test("an offer is taken back with the name in the question, and then cannot be confirmed @tablet", async ({ page, demo, another }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator, { confirm: false });
  const { name } = trainee.person;
  await operator.open(page, "/host/people");
  await page.getByRole("button", { name: `撤回给 ${name} 的邀请` }).click();
  const sheet = page.getByRole("dialog", { name: "撤回邀请" });
  await expect(sheet).toContainText(`撤回给 ${name} 的邀请？`);
  await noBarriers(page);
  await sheet.getByRole("button", { name: "先不撤回" }).click();
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: `撤回给 ${name} 的邀请` }).click();
  await sheet.getByRole("button", { name: `撤回给 ${name} 的邀请` }).click();
  await expect(page.getByText(`已撤回给 ${name} 的邀请，本人不能再确认。`)).toBeVisible();
  await expect(page.getByRole("button", { name: `撤回给 ${name} 的邀请` })).toHaveCount(0);
  const phone = await another("phone");
  await trainee.open(phone, `/offer/${trainee.internship}`);
  await expect(phone.getByText("单位撤回了这份邀请")).toBeVisible();
  await expect(phone.getByRole("button", { name: "确认参加见习" })).toHaveCount(0);
  await noBarriers(phone);
});

test("an offer that is sent twice stands once, and its id takes no other content @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const person = newcomer();
  const [site] = await operator.ask("/api/site/choices");
  const terms = { id: recordId(demo.now()), name: person.name, phone: person.phone, post: "测试助理", site: site.id, starts_on: "2026-11-19", ends_on: "2027-05-18", allowance: "2100" };
  const first = await operator.ask("/api/internship/offer", { form: terms });
  expect(await operator.ask("/api/internship/offer", { form: terms })).toBe(first);
  expect((await operator.post("/api/internship/offer", { form: { ...terms, allowance: "2200" } })).status).toBe(409);
  const roster = await operator.ask("/api/internship/roster");
  expect(roster.filter(({ name }) => name === person.name).map(({ id }) => id)).toEqual([terms.id]);
});

test.describe("when the answer is lost", () => {
  test.use({ tolerated: [/net::ERR_FAILED/] });

  test("the form keeps what was typed and says that sending again is safe @tablet", async ({ page, demo }) => {
    const operator = await operatorOf(demo);
    const person = newcomer();
    await operator.open(page, "/host/people/new");
    await field(page, "姓名").fill(person.name);
    await field(page, "本人手机号").fill(person.phone);
    await field(page, "岗位名称").fill("测试助理");
    await field(page, "签到地点").selectOption({ index: 1 });
    await field(page, "开始日期").fill("2026-11-19");
    await page.getByRole("button", { name: "3 个月" }).click();
    await field(page, "每月生活费").fill("2100");
    await page.route("**/api/internship/offer", (route) => route.abort(), { times: 1 });
    await send(page);
    await expect(page.getByText(/没有网络，不知道是否已经录入.*不会重复录入/)).toBeVisible();
    await expect(field(page, "姓名")).toHaveValue(person.name);
    await send(page);
    await expect(page.getByRole("heading", { name: `已录入 ${person.name}` })).toBeVisible();
  });
});
