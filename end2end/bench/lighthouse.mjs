// Lighthouse as a phone on a slow network sees the two first screens: its median over several runs.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import lighthouse from "lighthouse";
import { chromium } from "../harness/browser.mjs";
import { free } from "../harness/demo.mjs";
import { signIn } from "../harness/sign_in.mjs";
import { median } from "./figures.mjs";

const BUDGET = 95;
/** A page behind the sign-in is not for search engines. */
const PUBLIC = ["performance", "accessibility", "best-practices", "seo"];
const PRIVATE = ["performance", "accessibility", "best-practices"];

/** A browser of its own with a debugging port, and the trainee signed in when asked for. */
async function openBrowser(demo, person) {
  const profile = await mkdtemp(join(tmpdir(), "jianxi-lighthouse-"));
  const port = await free();
  const context = await playwright.launchPersistentContext(profile, {
    ...chromium,
    args: [...chromium.args, `--remote-debugging-port=${port}`],
    baseURL: demo.url,
    locale: "zh-CN",
  });
  if (person) await signIn(await context.newPage(), demo, person);
  return {
    port,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function scores(demo, path, categories, person, runs) {
  const browser = await openBrowser(demo, person);
  const seen = Object.fromEntries(categories.map((category) => [category, []]));
  const timings = { "largest-contentful-paint": [], "total-blocking-time": [], "cumulative-layout-shift": [] };
  try {
    for (let run = 0; run < runs; run += 1) {
      const { lhr } = await lighthouse(`${demo.url}${path}`, { port: browser.port, onlyCategories: categories, logLevel: "error" });
      if (lhr.runtimeError) throw new Error(`Lighthouse on ${path}: ${lhr.runtimeError.message}`);
      if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
      for (const category of categories) seen[category].push(lhr.categories[category].score * 100);
      for (const timing of Object.keys(timings)) timings[timing].push(lhr.audits[timing].numericValue);
      if (process.env.VERBOSE) tellWhatCosts(path, lhr, categories);
    }
  } finally {
    await browser.close();
  }
  return [
    ...categories.map((category) => {
      const score = median(seen[category]);
      return { name: `Lighthouse ${path} ${category}`, value: score.toFixed(0), budget: `≥ ${BUDGET}`, kept: score >= BUDGET };
    }),
    {
      name: `  LCP · TBT · CLS`,
      value: `${(median(timings["largest-contentful-paint"]) / 1000).toFixed(2)} s · ${median(timings["total-blocking-time"]).toFixed(0)} ms · ${median(timings["cumulative-layout-shift"]).toFixed(3)}`,
      budget: "1.8 s · 100 ms · 0.02",
      kept: null,
    },
  ];
}

function tellWhatCosts(path, lhr, categories) {
  for (const category of categories) {
    for (const { id, weight } of lhr.categories[category].auditRefs) {
      const { score, title, displayValue } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${path} ${category}: ${title} ${displayValue ?? ""} (${score})`);
    }
  }
}

/** @returns {Promise<import("./figures.mjs").Figure[]>} */
export async function firstScreens(demo, runs) {
  const trainee = demo.person({ role: "trainee" });
  return [...(await scores(demo, "/sign-in", PUBLIC, null, runs)), ...(await scores(demo, "/today", PRIVATE, trainee, runs))];
}
