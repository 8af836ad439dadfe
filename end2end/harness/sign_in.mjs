// Signing in as people do it: through the form, staff with their second factor.

/** Waits until the page answers to touch: before that, what is typed or pressed may be lost. */
export const awake = (page) => page.locator("html[data-awake]").waitFor({ state: "attached" });

/** Goes to a page and waits until it is awake. */
export async function visit(page, path) {
  await page.goto(path);
  await awake(page);
}

/** Signs a demo person in and waits for the first page of their role. */
export async function signIn(page, demo, person) {
  await visit(page, "/sign-in");
  await page.getByLabel("手机号或账号").fill(person.login);
  await page.getByLabel("密码", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  if (person.totp_secret) {
    await page.waitForURL("**/sign-in/code*");
    await awake(page);
    await page.getByLabel("6 位验证码").fill(demo.code(person));
    await page.getByRole("button", { name: "登录", exact: true }).click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
