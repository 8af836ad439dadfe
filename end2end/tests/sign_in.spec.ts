// Signing in, leaving, and what stands between a stranger and an account.
import { Client } from "../harness/client.mjs";
import { awake, expect, noBarriers, signInAs, test, visit } from "../harness/test.mjs";

const login = (page) => page.getByLabel("手机号或账号");
const password = (page) => page.getByLabel("密码", { exact: true });
const press = (page) => page.getByRole("button", { name: "登录", exact: true }).click();

async function send(page, name: string, secret: string) {
  await login(page).fill(name);
  await password(page).fill(secret);
  await press(page);
}

/** Presses and waits for what the server says to the try. */
async function tried(page, name: string, secret: string) {
  const answer = page.waitForResponse("**/api/account/sign_in");
  await send(page, name, secret);
  return (await answer).status();
}

test.describe("a wrong password", () => {
  test.use({ tolerated: [/status of 422/] });

  test("is told beside the field, and what was typed stays", async ({ page, demo }) => {
    const person = demo.person({ role: "trainee", who: /周航/ });
    await visit(page, "/sign-in");
    await press(page);
    await expect(login(page)).toHaveAccessibleDescription("请填写手机号或账号");
    await expect(password(page)).toHaveAccessibleDescription("请填写密码");
    await expect(login(page)).toBeFocused();

    await send(page, person.login, "not-the-password");
    await expect(password(page)).toHaveAccessibleDescription("手机号/账号或密码不对");
    await expect(password(page)).toHaveAttribute("aria-invalid", "true");
    await expect(login(page)).toHaveValue(person.login);
    await expect(password(page)).toHaveValue("not-the-password");
    await expect(page).toHaveURL(/\/sign-in$/);
    await noBarriers(page);

    await send(page, "15900000000", "not-the-password");
    await expect(password(page), "an unknown number is not told apart").toHaveAccessibleDescription("手机号/账号或密码不对");

    await send(page, person.login, person.password);
    await page.waitForURL("**/today");
  });
});

test("a password can be looked at before it is sent", { tag: "@phone" }, async ({ page }) => {
  await visit(page, "/sign-in");
  await password(page).fill("sonnenblume");
  await page.getByRole("button", { name: "显示密码" }).click();
  await expect(password(page)).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "显示密码" }).click();
  await expect(password(page)).toHaveAttribute("type", "password");
});

test.describe("staff", () => {
  test.use({ tolerated: [/status of 422/] });

  test("need a second factor, and each code opens once", { tag: ["@story", "@tablet"] }, async ({ page, another, demo }) => {
    test.slow();
    const person = demo.person({ role: "operator", who: /山东/ });
    await visit(page, "/sign-in");
    await send(page, person.login, person.password);
    await page.waitForURL("**/sign-in/code");
    await awake(page);
    await noBarriers(page);
    const code = page.getByLabel("6 位验证码");
    await press(page);
    await expect(code).toHaveAccessibleDescription(/请填写验证器里的 6 位数字/);
    const right = demo.code(person);
    await code.fill(String((Number(right) + 1) % 1_000_000).padStart(6, "0"));
    await press(page);
    await expect(code).toHaveAccessibleDescription(/验证码不对，或者已经用过/);
    await noBarriers(page);
    await page.goto("/host");
    await expect(page, "half signed in is not signed in").toHaveURL(/\/sign-in\?next=\/host$/);
    await page.goto("/sign-in/code");
    await awake(page);
    await code.fill(right);
    await press(page);
    await page.waitForURL("**/host");

    const second = await another("tablet");
    await visit(second, "/sign-in");
    await send(second, person.login, person.password);
    await second.waitForURL("**/sign-in/code");
    await awake(second);
    await second.getByLabel("6 位验证码").fill(right);
    await press(second);
    await expect(second.getByLabel("6 位验证码")).toHaveAccessibleDescription(/已经用过/);
    await second.getByLabel("6 位验证码").fill(demo.code(person));
    await press(second);
    await second.waitForURL("**/host");
  });
});

test.describe("somebody who guesses", () => {
  test.use({ tolerated: [/status of 4(22|29)/] });

  test("is told when to try again, while the owner still gets in on a known device", { tag: "@phone" }, async ({ page, another, demo }) => {
    const phone = await another("phone");
    const known = await new Client(demo).register();
    const owner = known.person;
    await visit(page, "/sign-in");
    for (let guess = 1; guess <= 5; guess += 1) {
      expect(await tried(page, owner.phone, `guess-number-${guess}`)).toBe(422);
    }
    expect(await tried(page, owner.phone, owner.password), "even the right guess has to wait").toBe(429);
    await expect(page.getByRole("alert").filter({ hasText: "没有登录成功" })).toContainText(/试得太频繁，请 \d+ 秒后再试/);
    await expect(login(page)).toHaveValue(owner.phone);
    await noBarriers(page);

    await known.open(phone, "/me");
    await phone.getByRole("button", { name: "退出登录" }).click();
    await phone.waitForURL("**/sign-in");
    await awake(phone);
    await send(phone, owner.phone, owner.password);
    await phone.waitForURL("**/today");
  });
});

test("leaving leaves nothing behind", { tag: "@phone" }, async ({ page, demo }) => {
  const client = await new Client(demo).register();
  const { person } = client;
  await client.open(page, "/today");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(person.name);
  await page.getByRole("link", { name: "我的" }).click();
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.waitForURL("**/sign-in");
  await awake(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.locator("body")).not.toContainText(person.name);
  await page.goto("/today");
  await expect(page).toHaveURL(/\/sign-in\?next=\/today$/);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name), "the session's cookie is gone").not.toContain("__Host-jianxi");
});

test.describe("a change of password", () => {
  test.use({ tolerated: [/status of 4(01|22)/] });

  test("asks for the one until now and ends every other session", { tag: "@phone" }, async ({ page, another, demo }) => {
    const client = await new Client(demo).register();
    const { person } = client;
    const elsewhere = await another("tablet");
    await visit(elsewhere, "/sign-in");
    await send(elsewhere, person.phone, person.password);
    await elsewhere.waitForURL("**/today");

    await client.open(page, "/me");
    const [current, fresh] = [page.getByLabel("现在的密码"), page.getByLabel("新密码", { exact: true })];
    const change = page.getByRole("button", { name: "修改密码" });
    await current.fill("not-the-password");
    await fresh.fill("fanjing-shan-de-wu-1999");
    await change.click();
    await expect(current).toHaveAccessibleDescription(/现在的密码不对/);
    await current.fill(person.password);
    await fresh.fill(person.phone);
    await change.click();
    await expect(fresh).toHaveAccessibleDescription(/太容易被猜到/);
    await noBarriers(page);
    await fresh.fill("fanjing-shan-de-wu-1999");
    await change.click();
    await expect(page.getByText("密码已经改好")).toBeVisible();
    await expect(current).toHaveValue("");

    await elsewhere.goto("/today");
    await expect(elsewhere).toHaveURL(/\/sign-in\?next=\/today$/);
    await page.goto("/today");
    await expect(page.getByRole("heading", { level: 1 }), "here the session goes on").toContainText(person.name);
    await awake(elsewhere);
    expect(await tried(elsewhere, person.phone, person.password)).toBe(422);
    await send(elsewhere, person.phone, "fanjing-shan-de-wu-1999");
    await elsewhere.waitForURL("**/today");
  });
});

test("a page of another role leads home", { tag: "@desk" }, async ({ page, another, demo }) => {
  await signInAs(page, demo, demo.person({ role: "trainee", who: /周航/ }));
  for (const path of ["/host", "/host/people", "/host/people/new", "/host/sites", "/account", "/", "/sign-in", "/register"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/today$/);
  }
  const board = await another("desk");
  await signInAs(board, demo, demo.person({ role: "operator", who: /吉林/ }));
  for (const path of ["/today", "/history", "/me", "/me/identity", "/sign-in", "/register"]) {
    await board.goto(path);
    await expect(board, path).toHaveURL(/\/host$/);
  }
  const desk = await another("desk");
  await signInAs(desk, demo, demo.person({ role: "reviewer", who: /吉林/ }));
  for (const path of ["/today", "/host", "/host/people"]) {
    await desk.goto(path);
    await expect(desk, path).toHaveURL(/\/cases$/);
  }
});

test("signing in leads on to the page that was asked for", { tag: "@phone" }, async ({ page, demo }) => {
  const person = demo.person({ role: "trainee", who: /周航/ });
  await page.goto("/history");
  await expect(page).toHaveURL(/\/sign-in\?next=\/history$/);
  await awake(page);
  await send(page, person.login, person.password);
  await page.waitForURL("**/history");
});

for (const next of ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/api/account/sign_out", "/%09/evil.example"]) {
  test(`signing in never leads to ${next}`, { tag: "@phone" }, async ({ page, demo }) => {
    const person = demo.person({ role: "trainee", who: /周航/ });
    const strangers: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(demo.url)) strangers.push(request.url());
    });
    await visit(page, `/sign-in?next=${encodeURIComponent(next)}`);
    await send(page, person.login, person.password);
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    expect(new URL(page.url()).origin).toBe(demo.url);
    expect(strangers).toEqual([]);
    await page.goto("/today");
    await expect(page, "still signed in").toHaveURL(/\/today$/);
  });
}
