// What a trainee's phone downloads, from the empty cache on the sign-in page to the first check-in.
import { chromium as playwright } from "@playwright/test";
import { chromium, devices } from "../harness/browser.mjs";
import { checkIn, siteOf } from "../harness/check_in.mjs";
import { position } from "../harness/place.mjs";
import { signIn } from "../harness/sign_in.mjs";
import { kilobytes } from "./figures.mjs";
import { countingWire } from "./wire.mjs";

const BUDGET = 250_000;
/** Everything else that a page asks for: pictures, manifest, data. */
const KINDS = { Document: "HTML", Stylesheet: "CSS", Script: "JS" };

const kindOf = ({ type, response }) => (response.mimeType === "application/wasm" ? "WASM" : (KINDS[type] ?? "other"));

/** Bytes on the wire by kind, as Chromium's network layer counts them: headers and compressed bodies. */
async function listen(page) {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map();
  const bytes = {};
  session.on("Network.responseReceived", (event) => kinds.set(event.requestId, kindOf(event)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "other";
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await session.send("Network.enable");
  return bytes;
}

/** Where this person may check in, asked in another window so that the measured one downloads nothing for it. */
async function placeOf(browser, demo, person) {
  const page = await browser.newPage({ baseURL: demo.url });
  await signIn(page, demo, person);
  const site = await siteOf(page);
  await page.context().close();
  return site;
}

/** @returns {Promise<import("./figures.mjs").Figure[]>} */
export async function download(demo) {
  const wire = await countingWire(demo.url);
  const browser = await playwright.launch(chromium);
  try {
    const trainee = demo.person({ role: "trainee" });
    const site = await placeOf(browser, demo, trainee);
    const context = await browser.newContext({ baseURL: wire.url, locale: "zh-CN", timezoneId: "Asia/Shanghai", ...devices.phone });
    await context.clock.install({ time: demo.now() });
    await position(context, site.latitude, site.longitude);
    const page = await context.newPage();
    const bytes = await listen(page);
    await signIn(page, demo, trainee);
    await checkIn(page);
    const whole = Object.values(bytes).reduce((sum, part) => sum + part, 0);
    const parts = Object.entries(bytes).sort(([, a], [, b]) => b - a);
    return [
      {
        name: "sign-in → check-in, downloaded by the page",
        value: kilobytes(whole),
        budget: `≤ ${kilobytes(BUDGET)}`,
        kept: whole <= BUDGET,
      },
      ...parts.map(([kind, size]) => ({ name: `  ${kind}`, value: kilobytes(size), budget: "", kept: null })),
      { name: "  with all that is kept for offline use", value: kilobytes(wire.down), budget: "", kept: null },
    ];
  } finally {
    await browser.close();
    await wire.close();
  }
}
