// What every spec imports instead of Playwright's own `test`: a product of its own per worker, pages whose clock is the
// server's, a console that must stay clean, and the few verbs that every story begins with.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import { devices } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { signIn } from "./sign_in.mjs";

export { expect };
export { checkIn, siteOf, today } from "./check_in.mjs";
export { from, movedTo, position, positionDenied, positionUnavailable } from "./place.mjs";
export { awake, visit } from "./sign_in.mjs";

export const test = base.extend({
  // Specs that change what others see name a world of their own: `test.use({ world: "story" })` gets a fresh server.
  world: ["shared", { option: true, scope: "worker" }],

  demo: [
    async ({ world: _ }, use) => {
      const demo = await startDemo();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: async ({ demo }, use) => use(demo.url),

  // A test that provokes a refusal names the message that Chromium logs for it: `test.use({ tolerated: [/status of 422/] })`.
  // Always one expression: Playwright reads an array of two as a value with its options.
  tolerated: [[], { option: true }],

  complaints: [
    async ({ tolerated, demo }, use, info) => {
      const complaints = [];
      await use(complaints);
      const left = complaints.filter((complaint) => !tolerated.some((allowed) => allowed.test(complaint)));
      if (info.status !== info.expectedStatus) await info.attach("server.log", { body: await demo.log() });
      expect(left, "the console stays clean").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, demo, complaints }, use) => {
    await prepare(context, demo, complaints);
    await use(context);
  },

  // A second person beside the first, on their own device: `const board = await another("tablet")`.
  another: async ({ browser, demo, complaints, locale, timezoneId }, use) => {
    const opened = [];
    await use(async (device, options = {}) => {
      const context = await browser.newContext({ baseURL: demo.url, locale, timezoneId, ...devices[device], ...options });
      opened.push(context);
      await prepare(context, demo, complaints);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

/** The page's clock starts where the server's stands and runs on; whatever the page complains about is remembered. */
async function prepare(context, demo, complaints) {
  await context.clock.install({ time: demo.now() });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.type()} at ${message.page()?.url()}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on("weberror", (error) => complaints.push(`exception at ${error.page()?.url()}: ${error.error().stack}`));
}

/** Signs a demo person in; the second time in a worker, the session of the first is reused unless a fresh one is asked for. */
export async function signInAs(page, demo, person, { fresh = false } = {}) {
  const known = demo.sessions.get(person.login);
  if (known && !fresh) {
    await page.context().addCookies(known);
    return;
  }
  await signIn(page, demo, person);
  if (!fresh) demo.sessions.set(person.login, await page.context().cookies());
}

/** How people set their screen: each must be free of barriers. */
const LOOKS = {
  light: async (page) => page.emulateMedia({ colorScheme: "light" }),
  dark: async (page) => page.emulateMedia({ colorScheme: "dark" }),
  长辈版: async (page) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.evaluate(() => document.documentElement.setAttribute("data-size", "large"));
  },
};

/** What colours and sizes can spoil; everything else that axe asks is the same in every look. */
const BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];

/** axe finds nothing on the page as it stands, in light, in dark and in 长辈版; and nothing is wider than the screen. */
export async function noBarriers(page) {
  const size = await page.evaluate(() => document.documentElement.getAttribute("data-size"));
  for (const [look, dress] of Object.entries(LOOKS)) {
    await dress(page);
    const axe = new AxeBuilder({ page });
    const { violations } = await (look === "light" ? axe : axe.withRules(BY_LOOK)).analyze();
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((n) => `  ${n.target} ${n.failureSummary}`).join("\n")}`);
    expect(told, `axe, ${look}, ${page.url()}`).toEqual([]);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(tooWide, `pixels that stick out sideways, ${look}, ${page.url()}`).toBeLessThanOrEqual(0);
  }
  await page.evaluate((before) => {
    if (before === null) document.documentElement.removeAttribute("data-size");
    else document.documentElement.setAttribute("data-size", before);
  }, size);
  await page.emulateMedia({ colorScheme: null });
}
