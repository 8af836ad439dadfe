// What anyone sees before signing in: the landing page, the sign-in page, the privacy notice, a page that does not exist.
import { awake, expect, noBarriers, test, visit } from "../harness/test.mjs";

for (const path of ["/", "/sign-in", "/register", "/register/host", "/register/host/second-factor", "/privacy"]) {
  test(`${path} has one heading, no barriers and a clean console`, async ({ page }) => {
    await visit(page, path);
    await expect(page).toHaveTitle(/见习/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await noBarriers(page);
  });
}

test("the landing page leads to sign-in and to registration", async ({ page }) => {
  await visit(page, "/");
  await page.getByRole("link", { name: "登录", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await page.getByRole("link", { name: "我要参加见习" }).click();
  await expect(page).toHaveURL(/\/register$/);
  await page.goBack();
  await page.getByRole("link", { name: "单位注册" }).click();
  await expect(page).toHaveURL(/\/register\/host$/);
});

test("every answer carries the security headers", async ({ request }) => {
  const answer = await request.get("/");
  const headers = answer.headers();
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["content-security-policy"]).toMatch(/script-src[^;]*'nonce-/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBeTruthy();
});

test.describe("an address that does not exist", () => {
  test.use({ tolerated: [/status of 404/] });

  test("answers 404 with a way back", async ({ page }) => {
    const answer = await page.goto("/no-such-page");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("link", { name: "回到首页" })).toBeVisible();
    await awake(page);
    await noBarriers(page);
  });
});
