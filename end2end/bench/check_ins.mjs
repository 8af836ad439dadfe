// How many check-ins the server accepts for each second of CPU time, from answer to answer with everything that belongs
// to one: session, fence, quota, audit, commit. The server stands on core 0, the load generator on core 1.
import { execFileSync } from "node:child_process";
import { centreOf, recordId } from "../harness/check_in.mjs";
import { clientOf, traineeAt } from "../harness/client.mjs";
import { quantile } from "./figures.mjs";
import { hammer, request } from "./load.mjs";
import { cpuSeconds, residentBytes } from "./process.mjs";

/** 1 000 times what the Django peer accepts in a CPU second (quality.md). */
const BUDGET = 8_700;
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 64);
const WARM_UP = 2_000;
const MEASURED = Number(process.env.CHECK_INS ?? 20_000);

/** One trainee a connection, each with an active internship: session cookie and internship. */
async function phones(demo) {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const ready = [];
  while (ready.length < CONNECTIONS) {
    const trainee = await traineeAt(demo, operator);
    const { internship } = await trainee.ask("/api/attendance/today");
    ready.push({ internship, cookie: trainee.cookie });
  }
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
    { name: `  per second, ${CONNECTIONS} connections and people`, value: (accepted / seconds).toFixed(0), budget: "", kept: null },
    { name: "  p50", value: milliseconds(0.5), budget: "", kept: null },
    { name: "  p99", value: milliseconds(0.99), budget: "", kept: null },
    { name: "  memory of the server afterwards", value: `${(residentBytes(demo.pid) / 1e6).toFixed(0)} MB`, budget: "", kept: null },
  ];
}
