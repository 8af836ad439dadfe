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

/** Compressed bodies by kind, and headers apart, as Chromium's network layer counts them. */
async function listen(page) {
  const session = await page.context().newCDPSession(page);
  const begun = new Map();
  const bytes = { headers: 0 };
  session.on("Network.responseReceived", (event) => {
    begun.set(event.requestId, { kind: kindOf(event), headers: event.response.encodedDataLength });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const { kind, headers } = begun.get(requestId) ?? { kind: "other", headers: 0 };
    // Nothing came over the wire for what the browser or the worker had already.
    if (encodedDataLength === 0) return;
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength - headers;
    bytes.headers += headers;
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
    const { headers, ...bodies } = bytes;
    const whole = Object.values(bodies).reduce((sum, part) => sum + part, 0);
    const parts = Object.entries(bodies).sort(([, a], [, b]) => b - a);
    return [
      {
        name: "sign-in → check-in, compressed size of what the page downloads",
        value: kilobytes(whole),
        budget: `≤ ${kilobytes(BUDGET)}`,
        kept: whole <= BUDGET,
      },
      ...parts.map(([kind, size]) => ({ name: `  ${kind}`, value: kilobytes(size), budget: "", kept: null })),
      { name: "  and headers of HTTP/1.1", value: kilobytes(headers), budget: "", kept: null },
      { name: "  with all that is kept for offline use", value: kilobytes(wire.down), budget: "", kept: null },
    ];
  } finally {
    await browser.close();
    await wire.close();
  }
}
