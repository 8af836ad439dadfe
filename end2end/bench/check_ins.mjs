// How many check-ins the server accepts for each second of CPU time, from answer to answer with everything that belongs
// to one: session, fence, quota, audit, commit. The server stands on core 0, the load generator on core 1.
import { execFileSync } from "node:child_process";
import { chromium as playwright } from "@playwright/test";
import { chromium, devices } from "../harness/browser.mjs";
import { centreOf, recordId, today } from "../harness/check_in.mjs";
import { signIn } from "../harness/sign_in.mjs";
import { quantile } from "./figures.mjs";
import { hammer, request } from "./load.mjs";
import { cpuSeconds, residentBytes } from "./process.mjs";

/** 1 000 times what the Django peer accepts in a CPU second (quality.md). */
const BUDGET = 8_700;
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 64);
const WARM_UP = 2_000;
const MEASURED = Number(process.env.CHECK_INS ?? 20_000);

/** Every demo trainee with an active internship: session cookie, internship and site. */
async function phones(demo) {
  const browser = await playwright.launch(chromium);
  const ready = [];
  try {
    for (const person of demo.people.filter(({ role }) => role === "trainee")) {
      const context = await browser.newContext({ baseURL: demo.url, ...devices.phone });
      const page = await context.newPage();
      await signIn(page, demo, person);
      const { internship } = await today(page);
      const cookies = await context.cookies();
      if (internship) ready.push({ internship, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") });
      await context.close();
    }
  } finally {
    await browser.close();
  }
  if (ready.length === 0) throw new Error("no demo trainee has an active internship");
  return ready;
}

const body = (internship, now) => {
  const form = { id: recordId(now), internship: internship.id, device_time: now, ...centreOf(internship), accuracy: 12.5, reason: "" };
  return JSON.stringify({ form });
};

/** @returns {Promise<import("./figures.mjs").Figure[]>} */
export async function checkIns(demo) {
  const people = await phones(demo);
  execFileSync("taskset", ["-a", "-p", "-c", "1", String(process.pid)], { stdio: "ignore" });
  const { host } = new URL(demo.url);
  const headers = { host, origin: demo.url, "sec-fetch-site": "same-origin", "content-type": "application/json", accept: "application/json" };
  const run = (count) => {
    let left = count;
    const next = (connection) => {
      if (left === 0) return null;
      left -= 1;
      const { internship, cookie } = people[connection % people.length];
      return request("POST", "/api/attendance/check_in", { ...headers, cookie }, body(internship, demo.now()));
    };
    return hammer({ url: demo.url, connections: CONNECTIONS, next });
  };

  await run(WARM_UP);
  const before = cpuSeconds(demo.pid);
  const { latencies, statuses, refusals, seconds } = await run(MEASURED);
  const cpu = cpuSeconds(demo.pid) - before;
  const accepted = statuses[200] ?? 0;
  if (accepted < MEASURED) console.log(`  not accepted: ${JSON.stringify(statuses)}\n  ${refusals.join("\n  ")}`);
  const rate = accepted / cpu;
  const milliseconds = (share) => `${quantile(latencies, share).toFixed(2)} ms`;
  return [
    { name: "check-ins accepted per CPU second", value: rate.toFixed(0), budget: `≥ ${BUDGET}`, kept: rate >= BUDGET },
    { name: "  refused or failed", value: String(MEASURED - accepted), budget: "0", kept: accepted === MEASURED },
    { name: `  per second, ${CONNECTIONS} connections, ${people.length} people`, value: (accepted / seconds).toFixed(0), budget: "", kept: null },
    { name: "  p50", value: milliseconds(0.5), budget: "", kept: null },
    { name: "  p99", value: milliseconds(0.99), budget: "", kept: null },
    { name: "  memory of the server afterwards", value: `${(residentBytes(demo.pid) / 1e6).toFixed(0)} MB`, budget: "", kept: null },
  ];
}
