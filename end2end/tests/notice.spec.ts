// 消息: every role has an inbox in its own frame; an empty one says what will stand in it.
import { clientOf } from "../harness/client.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "notice" });

const people = [
  { role: "trainee", who: /杨晓雨/ },
  { role: "operator", who: /贵州/ },
];

for (const person of people) {
  test(`the inbox of the ${person.role} opens from the bar and has no barriers`, async ({ page, demo }) => {
    const client = await clientOf(demo, demo.person(person));
    await client.open(page, "/messages");
    await expect(page.getByRole("heading", { level: 1, name: "消息" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "消息" })).toHaveAttribute("aria-current", "page");
    const { notices } = await client.ask("/api/notice/list");
    if (notices.length === 0) await expect(page.getByText("还没有消息")).toBeVisible();
    await noBarriers(page);
  });
}

test("the inbox asks whoever is not signed in to sign in, and leads back", async ({ page }) => {
  await page.goto("/messages");
  await expect(page).toHaveURL(/\/sign-in\?next=\/messages$/);
});
