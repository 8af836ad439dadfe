// With JavaScript off, plain forms do what matters: register, sign in, second factor, an offer's answer, leaving. What was
// typed wrongly comes back to be mended, never the password, and nothing typed ever stands in an address.
import { Client, clientOf, traineeAt } from "../harness/client.mjs";
import { newcomer } from "../harness/people.mjs";
import { awake, expect, noBarriers, test, visit } from "../harness/test.mjs";

// Chromium notes that the code which it fetched ahead was never run: that is the point here.
test.use({ javaScriptEnabled: false, tolerated: [/preloaded using link preload but not used/] });

const field = (page, label: string) => page.getByLabel(label, { exact: true });
const press = (page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Every address that this page was led through. */
function addresses(page) {
  const seen: string[] = [];
  page.on("request", (request) => seen.push(request.url()));
  return seen;
}

async function signIn(page, name: string, secret: string) {
  await field(page, "手机号或账号").fill(name);
  await field(page, "密码").fill(secret);
  await press(page, "登录");
}

async function fillLongForm(page, person) {
  await field(page, "姓名").fill(person.name);
  await field(page, "身份证号").fill(person.id_card);
  await field(page, "手机号").fill(person.phone);
  await page.getByRole("radio", { name: /离校未就业毕业生/ }).check();
  await page.getByLabel(/^毕业学校/).fill(person.school);
  await page.getByLabel(/^毕业证上的日期/).fill(person.diploma_date);
  await page.getByLabel(/^县（市、区）/).selectOption(person.residence);
  await field(page, "详细地址").fill(person.residence_detail);
  await field(page, "设置密码").fill(person.password);
  await page.getByRole("checkbox", { name: /隐私说明/ }).check();
}

test("somebody registers on one long page, and a mistake loses nothing but the password", { tag: ["@story", "@phone"] }, async ({ page, context }) => {
  test.slow();
  const person = newcomer();
  const seen = addresses(page);
  await page.goto("/register");
  await page.waitForURL("**/register?plain=1");
  await fillLongForm(page, { ...person, id_card: "一二三四五六", phone: "12345" });
  await press(page, "提交登记");

  await expect(page).toHaveURL(/\/register\?plain=1$/);
  await expect(page.getByRole("alert").filter({ hasText: "还有几处需要改一下" })).toBeVisible();
  await expect(field(page, "身份证号")).toHaveAccessibleDescription(/身份证号是 18 位/);
  await expect(field(page, "手机号")).toHaveAccessibleDescription(/1 开头的 11 位数字/);
  await expect(field(page, "身份证号"), "what was wrong is there to be mended").toHaveValue("一二三四五六");
  await expect(field(page, "姓名")).toHaveValue(person.name);
  await expect(page.getByRole("radio", { name: /离校未就业毕业生/ })).toBeChecked();
  await expect(page.getByLabel(/^毕业学校/)).toHaveValue(person.school);
  await expect(page.getByLabel(/^毕业证上的日期/)).toHaveValue(person.diploma_date);
  await expect(page.getByLabel(/^县（市、区）/)).toHaveValue("520623");
  await expect(field(page, "详细地址")).toHaveValue(person.residence_detail);
  await expect(page.getByRole("checkbox", { name: /隐私说明/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /另外同意/ })).not.toBeChecked();
  await expect(field(page, "设置密码"), "the password is asked for again").toHaveValue("");
  const html = await page.content();
  expect(html).not.toContain(person.password);

  await field(page, "身份证号").fill(person.id_card);
  await field(page, "手机号").fill(person.phone);
  await field(page, "设置密码").fill(person.password);
  await press(page, "提交登记");
  await page.waitForURL("**/today");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(person.name);
  await expect(page.getByText("还没有见习单位")).toBeVisible();

  const told = decodeURIComponent(seen.join("\n"));
  for (const typed of [person.name, "一二三四五六", person.id_card, person.phone, person.school, person.password, "__err"]) {
    expect(told, "nothing typed stands in an address").not.toContain(typed);
  }
  const cookies = (await context.cookies()).map(({ value }) => decodeURIComponent(value)).join("\n");
  expect(cookies).not.toContain(person.phone);
});

test("a wrong password comes back to the form, and the right one leads on to the page that was asked for", { tag: "@phone" }, async ({ page, demo }) => {
  const { person } = await new Client(demo).register();
  const seen = addresses(page);
  await page.goto("/history");
  await expect(page).toHaveURL(/\/sign-in\?next=\/history$/);
  await signIn(page, person.phone, "not-the-password");
  await expect(page).toHaveURL(/\/sign-in\?next=\/history$/);
  await expect(field(page, "密码")).toHaveAccessibleDescription("手机号/账号或密码不对");
  await expect(field(page, "密码")).toHaveValue("");
  await expect(field(page, "手机号或账号")).toHaveValue(person.phone);
  await signIn(page, person.phone, person.password);
  await page.waitForURL("**/history");
  expect(seen.join("\n")).not.toContain(person.phone);

  await page.getByRole("link", { name: "我的" }).click();
  await expect(page).toHaveURL(/\/me$/);
  await press(page, "退出登录");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/today");
  await expect(page, "signed out").toHaveURL(/\/sign-in\?next=\/today$/);
});

test("staff bring their second factor", { tag: "@desk" }, async ({ page, demo }) => {
  const person = demo.person({ role: "operator", who: /重庆/ });
  await page.goto("/sign-in");
  await signIn(page, person.login, person.password);
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  const right = demo.code(person);
  await field(page, "6 位验证码").fill(String((Number(right) + 1) % 1_000_000).padStart(6, "0"));
  await press(page, "登录");
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  await expect(field(page, "6 位验证码")).toHaveAccessibleDescription(/验证码不对，或者已经用过/);
  await field(page, "6 位验证码").fill(right);
  await press(page, "登录");
  await expect(page).toHaveURL(/\/host$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("an offer is read and confirmed", { tag: ["@story", "@phone"] }, async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", who: /贵州/ }));
  const { person } = await traineeAt(demo, operator, { confirm: false });
  await page.goto("/sign-in");
  await signIn(page, person.phone, person.password);
  await expect(page).toHaveURL(/\/today$/);
  await page.getByRole("link", { name: /查看并答复/ }).click();
  await expect(page.getByText("¥2,100.00")).toBeVisible();
  await press(page, "确认参加见习");
  await expect(page).toHaveURL(/\/offer\/[^/?]+$/);
  await expect(page.getByText("你已确认参加这份见习")).toBeVisible();
  await page.getByRole("link", { name: "回到今天" }).click();
  await expect(page.getByRole("heading", { name: "本周考勤" })).toBeVisible();
});

test("an offer is declined with a reason, which comes back when it is too short", { tag: "@phone" }, async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", who: /贵州/ }));
  const trainee = await traineeAt(demo, operator, { confirm: false });
  await page.goto("/sign-in");
  await signIn(page, trainee.person.phone, trainee.person.password);
  await page.getByRole("link", { name: /查看并答复/ }).click();
  await page.getByText("我不参加").click();
  await field(page, "为什么不参加").fill("远");
  await press(page, "确定不参加");
  await expect(page).toHaveURL(/\/offer\/[^/?]+$/);
  await expect(field(page, "为什么不参加"), "still open, still there").toHaveValue("远");
  await expect(field(page, "为什么不参加")).toHaveAttribute("aria-invalid", "true");
  await field(page, "为什么不参加").fill("已经找到离家更近的工作");
  await press(page, "确定不参加");
  await expect(page.getByText("你没有参加这份见习")).toBeVisible();
  const roster = await operator.ask("/api/internship/roster");
  expect(JSON.stringify(roster)).toContain("已经找到离家更近的工作");
});

test("the look of the screens is set by a plain form too", { tag: "@phone" }, async ({ page, demo }) => {
  const { person } = await new Client(demo).register();
  await page.goto("/sign-in?next=/me");
  await signIn(page, person.phone, person.password);
  await expect(page).toHaveURL(/\/me$/);
  await page.getByRole("radio", { name: /长辈版/ }).check();
  await press(page, "保存");
  await expect(page).toHaveURL(/\/me$/);
  await expect(page.locator("html")).toHaveAttribute("data-size", "large");
  await expect(page.getByRole("radio", { name: /长辈版/ })).toBeChecked();
});

test.describe("the long form", () => {
  // axe is a script itself; the form is the same, it is sent by the browser in either case.
  test.use({ javaScriptEnabled: true });

  /** Most of the 2,800 counties go: they say nothing new to axe and cost it a minute. */
  const shorten = (page) =>
    page.evaluate(() => document.querySelectorAll("optgroup > option:nth-child(n + 3):not(:checked)").forEach((county) => county.remove()));

  test("has no barriers, empty and with its mistakes marked", async ({ page }) => {
    test.slow();
    const person = newcomer({ name: "😀😀", id_card: "一二三四五六" });
    await visit(page, "/register?plain=1");
    await shorten(page);
    await noBarriers(page);
    await page.reload();
    await fillLongForm(page, person);
    await press(page, "提交登记");
    await expect(page.getByRole("alert").filter({ hasText: "还有几处需要改一下" })).toBeVisible();
    await awake(page);
    await expect(field(page, "姓名")).toHaveValue(person.name);
    await shorten(page);
    await noBarriers(page);
  });
});
