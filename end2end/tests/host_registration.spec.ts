// A unit registers itself, its operator binds the second factor, and it hands its identity in: on a phone in the shop, on
// the tablet at the counter, on the desk in the office.
import { Client } from "../harness/client.mjs";
import { newUnit } from "../harness/people.mjs";
import { awake, expect, noBarriers, test, visit } from "../harness/test.mjs";
import { chooseCounty, codeOnPage, fillLicence, fillOperator, paper, registered } from "../harness/unit.mjs";

const field = (page, label) => page.getByLabel(label, { exact: true });
const onward = (page) => page.getByRole("button", { name: "下一步" }).click();
const send = (page) => page.getByRole("button", { name: "提交注册" }).click();
const step = (page, title) => expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();

async function wrong(control, sentence) {
  await expect(control).toHaveAttribute("aria-invalid", "true");
  await expect(control).toHaveAccessibleDescription(sentence);
}

test("a unit registers in three steps, binds the second factor and lands on 单位资料", async ({ page, demo }) => {
  test.slow();
  const unit = newUnit();
  await visit(page, "/register/host");
  await step(page, "单位信息");
  await noBarriers(page);
  await fillLicence(page, unit);
  await onward(page);

  await step(page, "经办人和账号");
  await fillOperator(page, unit);
  await noBarriers(page);
  await onward(page);

  await step(page, "核对并提交");
  await expect(page.getByText(unit.credit_code)).toBeVisible();
  await expect(page.locator("dd").filter({ hasText: unit.address }), "the county decides who acts").toContainText("石阡县");
  await noBarriers(page);
  await send(page);

  await page.waitForURL("**/register/host/second-factor");
  await awake(page);
  await expect(page.getByRole("img", { name: /二维码/ })).toBeVisible();
  await expect(page.getByText(unit.login, { exact: true })).toBeVisible();
  await noBarriers(page);
  expect(await page.evaluate(() => sessionStorage.getItem("register_host")), "nothing of the form is left").toBeNull();
  await field(page, "6 位验证码").fill(await codeOnPage(page, demo));
  await page.getByRole("button", { name: "绑定并登录" }).click();

  await page.waitForURL("**/host/unit");
  await awake(page);
  await expect(page.getByRole("heading", { level: 1, name: "单位资料" })).toBeVisible();
  await expect(page.getByText("未认证").first()).toBeVisible();
  await noBarriers(page);
});

test.describe("the second factor", () => {
  test.use({ tolerated: [/status of 422/] });

  test("is not bound by a wrong code, and its secret is gone once it is bound", { tag: "@phone" }, async ({ page, demo }) => {
    const unit = newUnit();
    const client = new Client(demo);
    await client.postForm("/api/host/register", unit);
    await client.open(page, "/register/host/second-factor");
    const right = await codeOnPage(page, demo);
    await field(page, "6 位验证码").fill(right === "000000" ? "000001" : "000000");
    await page.getByRole("button", { name: "绑定并登录" }).click();
    await wrong(field(page, "6 位验证码"), /验证码不对/);
    await noBarriers(page);
    await field(page, "6 位验证码").fill(await codeOnPage(page, demo));
    await page.getByRole("button", { name: "绑定并登录" }).click();
    await page.waitForURL("**/host/unit");
    const later = new Client(demo);
    await later.postForm("/api/account/sign_in", { login: unit.login, password: unit.password });
    await later.open(page, "/register/host/second-factor");
    await expect(page.locator("code.secret")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "去登录" })).toBeVisible();
  });

  test("is offered anew to whoever comes back by password before it was bound", { tag: "@phone" }, async ({ page, demo }) => {
    const unit = newUnit();
    await new Client(demo).postForm("/api/host/register", unit);
    await visit(page, "/sign-in");
    await page.getByLabel("手机号或账号").fill(unit.login);
    await page.getByLabel("密码", { exact: true }).fill(unit.password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL("**/register/host/second-factor");
    await expect(page.locator("code.secret")).toBeVisible();
  });
});

test("each step says beside each field what is wrong with it", { tag: "@phone" }, async ({ page }) => {
  await visit(page, "/register/host");
  await onward(page);
  await wrong(field(page, "单位名称"), /请填写单位名称/);
  await wrong(field(page, "统一社会信用代码"), /请填写统一社会信用代码/);
  await wrong(page.getByLabel("县（市、区）"), /选到县/);
  await expect(field(page, "单位名称"), "the cursor is where the work is").toBeFocused();
  const unit = newUnit();
  await fillLicence(page, unit);
  await field(page, "统一社会信用代码").fill("中文六个汉字");
  await onward(page);
  await wrong(field(page, "统一社会信用代码"), /18 位/);
  await noBarriers(page);
  await field(page, "统一社会信用代码").fill(unit.credit_code);
  await onward(page);
  await step(page, "经办人和账号");
  await fillOperator(page, { ...unit, login: "13812345678" });
  await onward(page);
  await wrong(field(page, "账号名"), /不能是手机号/);
});

test("what was typed survives a reload, but never the password", { tag: "@phone" }, async ({ page }) => {
  const unit = newUnit();
  await visit(page, "/register/host");
  await fillLicence(page, unit);
  await onward(page);
  await fillOperator(page, unit);
  await onward(page);
  await step(page, "核对并提交");
  await page.reload();
  await awake(page);
  await step(page, "经办人和账号");
  await expect(field(page, "账号名")).toHaveValue(unit.login);
  await expect(field(page, "设置密码")).toHaveValue("");
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  expect(kept).toContain(unit.address);
  expect(kept).not.toContain(unit.password);
  await page.getByRole("button", { name: "上一步" }).click();
  await expect(page.getByLabel("县（市、区）")).toHaveValue("520623");
});

test.describe("a unit that is registered already", () => {
  test.use({ tolerated: [/status of 422/] });

  test("learns whom to ask, and nothing about who registered it", { tag: "@phone" }, async ({ page, demo }) => {
    const before = newUnit();
    await new Client(demo).postForm("/api/host/register", before);
    const unit = newUnit({ credit_code: before.credit_code });
    await visit(page, "/register/host");
    await fillLicence(page, unit);
    await onward(page);
    await fillOperator(page, unit);
    await onward(page);
    await send(page);
    await step(page, "单位信息");
    await wrong(field(page, "统一社会信用代码"), /已经注册过.*带营业执照到/);
    const words = await page.locator("body").innerText();
    for (const secret of [before.name, before.login, before.phone.slice(-4)]) expect(words).not.toContain(secret);
    await noBarriers(page);
  });
});

test("the unit hands its papers in and sees who decides until when", async ({ page, demo }) => {
  test.slow();
  await registered(page, demo);
  await page.getByRole("button", { name: "提交实名认证" }).click();
  await expect(page.getByText("请上传营业执照的照片或扫描件").first()).toBeVisible();
  await noBarriers(page);
  await page.getByLabel(/选择文件：营业执照/).setInputFiles(paper("执照.pdf"));
  await expect(page.getByText("执照.pdf").first()).toBeVisible();
  await expect(page.getByText("请上传营业执照的照片或扫描件"), "what is there is not called missing").toHaveCount(0);
  await page.getByLabel(/选择文件：经办人授权书/).setInputFiles(paper("授权书.pdf"));
  await expect(page.getByText("授权书.pdf").first()).toBeVisible();
  await page.reload();
  await awake(page);
  await expect(page.getByText("授权书.pdf").first(), "papers outlive a reload").toBeVisible();
  await page.getByRole("button", { name: "提交实名认证" }).click();
  await expect(page.getByText("已提交，等待审核")).toBeVisible();
  await expect(page.getByText("人工审核中")).toBeVisible();
  await expect(page.getByText("剩 10 个工作日")).toBeVisible();
  await expect(page.getByRole("button", { name: "提交实名认证" })).toHaveCount(0);
  await noBarriers(page);
});

test.describe("before the identity is verified", () => {
  test.use({ tolerated: [/status of 422/] });

  test("nothing else opens, and the refusal says where to go", { tag: "@desk" }, async ({ page, demo }) => {
    await registered(page, demo);
    const refused = await page.evaluate(async () => {
      const form = { name: "茶园", coordinates: "27.51, 108.22", datum: "wgs84", radius: "300" };
      const answer = await fetch("/api/site/add", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ form }),
      });
      return { status: answer.status, text: await answer.text() };
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("单位资料");
    for (const [path, words] of [
      ["/host/people/new", "单位还不能接收见习人员"],
      ["/host/sites/new", "单位还不能添加签到地点"],
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: words })).toBeVisible();
      await expect(page.getByRole("link", { name: "去单位资料" })).toHaveAttribute("href", "/host/unit");
      await expect(page.locator("main form")).toHaveCount(0);
    }
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a unit registers on one page and binds the second factor", { tag: "@desk" }, async ({ page, demo }) => {
    const unit = newUnit();
    await page.goto("/register/host?plain=1");
    await field(page, "单位名称").fill(unit.name);
    await field(page, "统一社会信用代码").fill(unit.credit_code);
    await field(page, "法定代表人").fill(unit.legal_representative);
    await page.getByLabel("经营地址：县（市、区）").selectOption(unit.division);
    await field(page, "详细地址").fill(unit.address);
    await fillOperator(page, { ...unit, login: "13812345678" });
    await send(page);
    await expect(page.getByText("账号名不能是手机号").first()).toBeVisible();
    await expect(field(page, "单位名称")).toHaveValue(unit.name);
    await field(page, "账号名").fill(unit.login);
    await field(page, "设置密码").fill(unit.password);
    await send(page);
    await expect(page).toHaveURL(/\/register\/host\/second-factor$/);
    await field(page, "6 位验证码").fill(await codeOnPage(page, demo));
    await page.getByRole("button", { name: "绑定并登录" }).click();
    await expect(page).toHaveURL(/\/host\/unit$/);
    await expect(page.getByRole("heading", { level: 1, name: "单位资料" })).toBeVisible();
  });
});
