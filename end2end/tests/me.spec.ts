// 我的 and 我的账号: what everybody may see of themselves and set for themselves.
import { Client, clientOf, traineeAt } from "../harness/client.mjs";
import { awake, expect, noBarriers, signInAs, test, visit } from "../harness/test.mjs";

test("one's own page shows what is stored and keeps numbers to itself", async ({ page, demo }) => {
  const client = await new Client(demo).register();
  const { person } = client;
  await client.open(page, "/me");
  await expect(page.getByText(person.name, { exact: true })).toBeVisible();
  await expect(page.getByText(`139****${person.phone.slice(-4)}`)).toBeVisible();
  await expect(page.getByText(`522224**********${person.id_card.slice(-2)}`)).toBeVisible();
  const html = await page.content();
  expect(html, "the whole ID number is nowhere").not.toContain(person.id_card);
  expect(html, "nor the whole mobile number").not.toContain(person.phone);
  await noBarriers(page);
});

test("the consent can be taken back and given again", { tag: ["@story", "@phone"] }, async ({ page, demo }) => {
  test.slow();
  const operator = await clientOf(demo, demo.person({ role: "operator", who: /贵州/ }));
  const trainee = await traineeAt(demo, operator);
  await trainee.open(page, "/me");
  const card = page.getByRole("region", { name: "定位和银行卡信息" });
  await expect(card).toContainText("已同意");
  await card.getByRole("button", { name: "收回同意" }).click();
  await expect(card).toContainText("没有同意");
  await noBarriers(page);
  await page.reload();
  await awake(page);
  await expect(card).toContainText("没有同意");

  await visit(page, "/today");
  await expect(page.getByText("签到前，请先同意使用定位")).toBeVisible();
  await expect(page.getByRole("button", { name: /^签到/ }), "without it there is nothing to press").toHaveCount(0);
  await noBarriers(page);

  await visit(page, "/me");
  await card.getByRole("button", { name: "同意使用" }).click();
  await expect(card).toContainText("已同意");
  await page.reload();
  await awake(page);
  await expect(card).toContainText("已同意");
  await visit(page, "/today");
  await expect(page.getByText("签到前，请先同意使用定位")).toHaveCount(0);
});

for (const [role, path] of [
  ["trainee", "/me"],
  ["reviewer", "/account"],
] as const) {
  test(`dark and 长辈版 are switched on ${path} and stay`, async ({ page, demo }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await signInAs(page, demo, demo.person({ role, who: /吉林/ }));
    await visit(page, path);
    const root = page.locator("html");
    const look = () =>
      page.evaluate(() => ({
        ground: getComputedStyle(document.documentElement).backgroundColor,
        letters: parseFloat(getComputedStyle(document.body).fontSize),
        target: document.querySelector("button[type=submit]:not(noscript *)")!.getBoundingClientRect().height,
      }));
    const before = await look();
    await page.getByRole("radio", { name: "深色" }).check();
    await expect(root).toHaveAttribute("data-theme", "dark");
    expect((await look()).ground, "the ground is dark at once").not.toBe(before.ground);
    await page.getByRole("radio", { name: /长辈版/ }).check();
    await expect(root).toHaveAttribute("data-size", "large");
    const after = await look();
    expect(after.letters).toBeGreaterThanOrEqual(18);
    expect(after.target).toBeGreaterThanOrEqual(60);

    await page.reload();
    await expect(root, "the first answer already looks right").toHaveAttribute("data-theme", "dark");
    await expect(root).toHaveAttribute("data-size", "large");
    await awake(page);
    await expect(page.getByRole("radio", { name: "深色" })).toBeChecked();
    await expect(page.getByRole("radio", { name: /长辈版/ })).toBeChecked();
    expect(await look()).toEqual(after);

    await page.getByRole("radio", { name: "跟随系统" }).check();
    await page.getByRole("radio", { name: "标准" }).check();
    await expect(root).not.toHaveAttribute("data-theme");
    await expect(root).not.toHaveAttribute("data-size");
    await page.emulateMedia({ colorScheme: null });
    await noBarriers(page);
  });
}
