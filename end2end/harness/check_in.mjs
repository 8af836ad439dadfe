// The trainee's main act, and what the product says about where it may happen.
import { randomBytes } from "node:crypto";

/** A UUIDv7 as the phone makes it. */
export function recordId(milliseconds) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What 今天 knows about the person who is signed in on this page: internship, sites, week. */
export const today = (page) =>
  page.evaluate(async () => {
    const answer = await fetch("/api/attendance/today");
    if (!answer.ok) throw new Error(`/api/attendance/today answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  });

/** The centre of an internship's first site, in degrees; the wire carries ten-millionths of a degree. */
export function centreOf(internship) {
  const [latitude, longitude] = internship.sites[0].centre;
  return { latitude: latitude / 1e7, longitude: longitude / 1e7 };
}

/** The centre and the radius of the first site where the person on this page may check in. */
export async function siteOf(page) {
  const { internship } = await today(page);
  if (!internship) throw new Error("this person has no active internship");
  return { ...centreOf(internship), radius: internship.sites[0].radius };
}

/** Presses the round button inside the fence and waits for the receipt. */
export async function checkIn(page) {
  await page.getByRole("button", { name: /^签到/ }).click();
  await page.getByRole("button", { name: /^已签到/ }).waitFor();
}
