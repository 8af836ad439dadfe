// Real Chromium on the release build, at the three sizes that people hold. Tests without a device tag run at all three;
// `@phone`, `@tablet` and `@desk` restrict a test to where its user is. `@story` is the main story, told on PostgreSQL too.
import { defineConfig } from "@playwright/test";
import { chromium, devices } from "./harness/browser.mjs";

const at = (name) => ({
  name,
  use: devices[name],
  grep: new RegExp(`@${name}\\b|^(?!.*@(?:phone|tablet|desk)\\b)`, "s"),
});

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Every worker runs a server of its own beside a browser; two cores carry two of these pairs.
  workers: Number(process.env.E2E_WORKERS ?? 2),
  forbidOnly: process.env.CI === "true",
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./harness/in_short.mjs"]],
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [at("phone"), at("tablet"), at("desk")],
});
