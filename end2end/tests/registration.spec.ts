// A person registers alone, on a phone: four steps, each of which says beside its field what is wrong, and none of which
// loses what was typed.
import { Client } from "../harness/client.mjs";
import { idCard, newcomer } from "../harness/people.mjs";
import { awake, expect, noBarriers, test, visit } from "../harness/test.mjs";

const field = (page, label) => page.getByLabel(label, { exact: true });
const onward = (page) => page.getByRole("button", { name: "下一步" }).click();
const send = (page) => page.getByRole("button", { name: "提交登记" }).click();
const step = (page, title) => expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();

async function fillPerson(page, person) {
  await field(page, "姓名").fill(person.name);
  await field(page, "身份证号").fill(person.id_card);
  await field(page, "手机号").fill(person.phone);
}

async function fillGroup(page, person) {
  await page.getByRole("radio", { name: /离校未就业毕业生/ }).check();
  await field(page, "毕业学校").fill(person.school);
  await field(page, "毕业证上的日期").fill(person.diploma_date);
}

async function chooseCounty(page, province, city, county) {
  await page.getByLabel("省（自治区、直辖市）").selectOption({ label: province });
  await page.getByLabel("市（州、盟）").selectOption({ label: city });
  await page.getByLabel("县（市、区）").selectOption({ label: county });
}

async function fillHome(page, person) {
  await chooseCounty(page, "贵州省", "铜仁市", "石阡县");
  await field(page, "详细地址").fill(person.residence_detail);
}

async function fillLast(page, person) {
  await field(page, "设置密码").fill(person.password);
  await page.getByRole("checkbox", { name: /隐私说明/ }).check();
  await page.getByRole("checkbox", { name: /另外同意/ }).check();
}

/** The sentence stands beside its field, tied to it for a screen reader. */
async function wrong(control, sentence) {
  await expect(control).toHaveAttribute("aria-invalid", "true");
  await expect(control).toHaveAccessibleDescription(sentence);
}

/** Everything that this browser keeps for the site, as one text. */
const kept = (page) =>
  page.evaluate(async () => {
    const texts = [JSON.stringify({ ...sessionStorage }), JSON.stringify({ ...localStorage }), document.cookie];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const asked of await cache.keys()) {
        const answer = await cache.match(asked);
        if (answer?.headers.get("content-type")?.startsWith("text/html")) texts.push(await answer.text());
      }
    }
    return [...texts, JSON.stringify(await indexedDB.databases())].join("\n");
  });

test("somebody registers in four steps and lands on 今天", { tag: ["@story", "@phone"] }, async ({ page }) => {
  test.slow();
  const person = newcomer();
  await visit(page, "/register");
  await step(page, "本人信息");
  await noBarriers(page);
  await fillPerson(page, person);
  await onward(page);

  await step(page, "身份类别");
  await fillGroup(page, person);
  await noBarriers(page);
  await onward(page);

  await step(page, "常住地址");
  await fillHome(page, person);
  await noBarriers(page);
  await onward(page);

  await step(page, "密码与同意");
  await fillLast(page, person);
  await noBarriers(page);
  await send(page);

  await page.waitForURL("**/today");
  await awake(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(person.name);
  await expect(page.getByText("还没有见习单位")).toBeVisible();
  await noBarriers(page);
  expect(await page.evaluate(() => sessionStorage.getItem("register")), "nothing of the form is left").toBeNull();

  await page.goto("/me");
  await expect(page.getByText("贵州省铜仁市石阡县中坝街道平安路 12 号")).toBeVisible();
  await expect(page.getByText(`139****${person.phone.slice(-4)}`)).toBeVisible();
});

test("the first step says beside each field what is wrong with it", { tag: "@phone" }, async ({ page }) => {
  await visit(page, "/register");
  await onward(page);
  await wrong(field(page, "姓名"), /请填写姓名/);
  await wrong(field(page, "身份证号"), /请填写身份证号/);
  await wrong(field(page, "手机号"), /请填写手机号/);
  await expect(field(page, "姓名"), "the cursor is where the work is").toBeFocused();

  await fillPerson(page, { name: "😀😀", id_card: "一二三四五六", phone: "12345" });
  await onward(page);
  await wrong(field(page, "姓名"), /姓名只能是汉字和“·”/);
  await wrong(field(page, "身份证号"), /身份证号是 18 位/);
  await wrong(field(page, "手机号"), /1 开头的 11 位数字/);
  await noBarriers(page);

  const person = newcomer();
  await fillPerson(page, { ...person, id_card: `${person.id_card.slice(0, 17)}${person.id_card.endsWith("1") ? "2" : "1"}` });
  await onward(page);
  await wrong(field(page, "身份证号"), /有一位填错了/);
  await expect(field(page, "姓名"), "what is right now is not scolded").not.toHaveAttribute("aria-invalid", "true");
  await field(page, "身份证号").fill(person.id_card);
  await onward(page);
  await step(page, "身份类别");
});

test("the second step knows dates that cannot be and ages that do not fit", { tag: "@phone" }, async ({ page }) => {
  await visit(page, "/register");
  await fillPerson(page, newcomer({ id_card: idCard("20000301", 26) }));
  await onward(page);
  await step(page, "身份类别");
  const group = page.getByRole("radiogroup", { name: /你属于哪一类/ });
  await onward(page);
  await wrong(group, /请选择你的身份类别/);

  await fillGroup(page, { school: "", diploma_date: "2026-11-20" });
  await onward(page);
  await wrong(field(page, "毕业学校"), /请填写毕业学校/);
  await wrong(field(page, "毕业证上的日期"), /毕业证日期还没到/);
  await field(page, "毕业证上的日期").fill("2024-11-18");
  await onward(page);
  await wrong(field(page, "毕业证上的日期"), /毕业已超过 2 年/);

  await page.getByRole("radio", { name: /失业青年/ }).check();
  await expect(field(page, "毕业学校"), "only the questions of this group are asked").toBeHidden();
  await onward(page);
  await wrong(group, /按身份证号你今天 26 岁/);
  await wrong(field(page, "失业登记的日期"), /请选择失业登记的日期/);
  await field(page, "失业登记的日期").fill("2026-11-20");
  await onward(page);
  await wrong(field(page, "失业登记的日期"), /还没到/);
  await noBarriers(page);
});

test.describe("the last steps", () => {
  test.use({ tolerated: [/status of 422/] });

  test("ask for a county, a password that is hard to guess, and consent", { tag: "@phone" }, async ({ page }) => {
    const person = newcomer();
    await visit(page, "/register");
    await fillPerson(page, person);
    await onward(page);
    await fillGroup(page, person);
    await onward(page);
    await step(page, "常住地址");
    await onward(page);
    await wrong(page.getByLabel("县（市、区）"), /选到县/);
    await wrong(field(page, "详细地址"), /请填写详细地址/);
    await fillHome(page, person);
    await onward(page);

    await step(page, "密码与同意");
    await send(page);
    await wrong(field(page, "设置密码"), /请设置密码/);
    await wrong(page.getByRole("checkbox", { name: /隐私说明/ }), /勾选同意/);
    await field(page, "设置密码").fill("1234567");
    await page.getByRole("checkbox", { name: /隐私说明/ }).check();
    await send(page);
    await wrong(field(page, "设置密码"), /密码至少 8 个字符/);
    await field(page, "设置密码").fill(person.phone);
    await send(page);
    await wrong(field(page, "设置密码"), /太容易被猜到/);
    await expect(page).toHaveURL(/\/register\?step=4$/);
    await noBarriers(page);
  });
});

test("what was typed survives going back, a reload and a closed step, but never the password", { tag: "@phone" }, async ({ page }) => {
  const person = newcomer();
  await visit(page, "/register");
  await fillPerson(page, person);
  await onward(page);
  await fillGroup(page, person);
  await page.reload();
  await awake(page);
  await step(page, "身份类别");
  await expect(page.getByRole("radio", { name: /离校未就业毕业生/ })).toBeChecked();
  await expect(field(page, "毕业学校")).toHaveValue(person.school);
  await expect(field(page, "毕业证上的日期")).toHaveValue(person.diploma_date);
  await page.getByRole("button", { name: "上一步" }).click();
  await expect(field(page, "身份证号")).toHaveValue(person.id_card);
  await onward(page);
  await onward(page);
  await fillHome(page, person);
  await page.reload();
  await awake(page);
  await step(page, "常住地址");
  await expect(page.getByLabel("县（市、区）")).toHaveValue("520623");
  await expect(page.getByLabel("市（州、盟）")).toHaveValue("520600");
  await expect(page.getByLabel("省（自治区、直辖市）")).toHaveValue("520000");
  await onward(page);
  await fillLast(page, person);
  expect(await kept(page)).toContain(person.residence_detail);
  expect(await kept(page), "the password is kept nowhere").not.toContain(person.password);
  await page.reload();
  await awake(page);
  await expect(field(page, "设置密码")).toHaveValue("");
  await expect(page.getByRole("checkbox", { name: /隐私说明/ })).toBeChecked();
  await page.goBack();
  await step(page, "常住地址");
});

test("a step whose questions before it are not answered leads back to the first of them", { tag: "@phone" }, async ({ page }) => {
  await visit(page, "/register?step=4");
  await step(page, "本人信息");
});

test.describe("without a network", () => {
  test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED/] });

  test("nothing typed is lost, and the registration goes through once it is back", { tag: "@phone" }, async ({ page, context }) => {
    const person = newcomer();
    await visit(page, "/register");
    await fillPerson(page, person);
    await onward(page);
    await fillGroup(page, person);
    await onward(page);
    await page.getByLabel("省（自治区、直辖市）").selectOption({ label: "贵州省" });
    await expect(page.getByLabel("市（州、盟）").getByRole("option", { name: "铜仁市" })).toBeAttached();
    await context.setOffline(true);
    await expect(page.getByText("没有网络", { exact: true })).toBeVisible();
    await page.getByLabel("市（州、盟）").selectOption({ label: "铜仁市" });
    await expect(page.getByText("地区列表没有读出来")).toBeVisible();
    await noBarriers(page);
    await context.setOffline(false);
    await page.getByRole("button", { name: "再读一次" }).click();
    await page.getByLabel("县（市、区）").selectOption({ label: "石阡县" });
    await field(page, "详细地址").fill(person.residence_detail);
    await onward(page);
    await fillLast(page, person);

    await context.setOffline(true);
    await send(page);
    await expect(page.getByText("填好的内容都还在")).toBeVisible();
    await expect(page).toHaveURL(/\/register\?step=4$/);
    await expect(field(page, "设置密码")).toHaveValue(person.password);
    expect(await kept(page)).not.toContain(person.password);

    await context.setOffline(false);
    await send(page);
    await page.waitForURL("**/today");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(person.name);
  });
});

test("a city without counties is its own county, and another province empties the lists below it", { tag: "@phone" }, async ({ page }) => {
  const person = newcomer();
  await visit(page, "/register");
  await fillPerson(page, person);
  await onward(page);
  await fillGroup(page, person);
  await onward(page);
  await page.getByLabel("省（自治区、直辖市）").selectOption({ label: "广东省" });
  await page.getByLabel("市（州、盟）").selectOption({ label: "东莞市" });
  await expect(page.getByLabel("县（市、区）")).toHaveValue("441900");
  await page.getByLabel("省（自治区、直辖市）").selectOption({ label: "贵州省" });
  await expect(page.getByLabel("市（州、盟）")).toHaveValue("");
  await expect(page.getByLabel("县（市、区）")).toHaveValue("");
  await chooseCounty(page, "广东省", "东莞市", "东莞市");
  await page.reload();
  await awake(page);
  await expect(page.getByLabel("市（州、盟）")).toHaveValue("441900");
  await expect(page.getByLabel("县（市、区）")).toHaveValue("441900");
  await field(page, "详细地址").fill("南城街道鸿福路 1 号");
  await onward(page);
  await fillLast(page, person);
  await send(page);
  await page.waitForURL("**/today");
  await page.goto("/me");
  await expect(page.getByText("广东省东莞市南城街道鸿福路 1 号")).toBeVisible();
});

test.describe("somebody who is registered already", () => {
  test.use({ tolerated: [/status of 422/] });

  for (const [taken, label, sentence] of [
    ["id_card", "身份证号", /这个身份证号已经注册过.*登录/],
    ["phone", "手机号", /这个手机号已经注册过.*登录/],
  ] as const) {
    test(`learns from the ${taken} how to sign in, and nothing about anybody`, { tag: "@phone" }, async ({ page, demo }) => {
      const { person: before } = await new Client(demo).register();
      const person = newcomer({ [taken]: before[taken] });
      await visit(page, "/register");
      await fillPerson(page, person);
      await onward(page);
      await fillGroup(page, person);
      await onward(page);
      await fillHome(page, person);
      await onward(page);
      await fillLast(page, person);
      await send(page);

      await step(page, "本人信息");
      await wrong(field(page, label), sentence);
      const words = await page.locator("body").innerText();
      for (const secret of [before.name, before.phone.slice(-4), before.id_card.slice(-6)]) {
        expect(words, "nothing of the other person").not.toContain(secret);
      }
      await noBarriers(page);
      await page.getByRole("link", { name: "去登录" }).click();
      await expect(page).toHaveURL(/\/sign-in$/);
    });
  }
});

test("on a wide screen the form stays one readable column without barriers", async ({ page }) => {
  await visit(page, "/register");
  await onward(page);
  await expect(field(page, "姓名")).toBeFocused();
  await noBarriers(page);
});
