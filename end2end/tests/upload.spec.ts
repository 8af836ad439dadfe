// Papers from a phone on a bad network: what arrived stays, and the upload goes on where it stopped.
import { expect, noBarriers, test as base } from "../harness/test.mjs";
import { registered } from "../harness/unit.mjs";
import { layWire, onWire } from "../harness/wire.mjs";

type Wire = Awaited<ReturnType<typeof layWire>>;

const test = base.extend<{ wire: Wire }>(onWire);

test.use({ tolerated: [/ERR_(CONNECTION_\w+|EMPTY_RESPONSE|FAILED)|Failed to fetch/] });

/** A scan of many pages: a PDF of this many bytes. */
function scan(size) {
  const head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
  const tail = "trailer << /Root 1 0 R >>\n%%EOF\n";
  const line = `%${"0123456789".repeat(9)}\n`;
  const filling = line.repeat(Math.ceil((size - head.length - tail.length) / line.length));
  return Buffer.from(head + filling.slice(0, size - head.length - tail.length - 1) + "\n" + tail);
}

test("an upload goes on where a lost network stopped it", { tag: "@phone" }, async ({ page, demo, wire }) => {
  test.slow();
  await registered(page, demo);
  const phone = await page.context().newCDPSession(page);
  const uploads = (bytesPerSecond) =>
    phone.send("Network.emulateNetworkConditions", {
      offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond,
    });
  const paper = scan(2_000_000);
  let begun = 0;
  let sent = 0;
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (request.method() === "POST" && path === "/files") begun += 1;
    if (request.method() === "PATCH" && path.startsWith("/files/")) sent += 1;
  });
  await uploads(300_000);
  await page.getByLabel(/选择文件：营业执照/).setInputFiles({ name: "执照.pdf", mimeType: "application/pdf", buffer: paper });
  await expect(page.getByText(/正在上传，已传 [2-6]\d%/), "some chunks arrived").toBeVisible();
  await wire.cut();
  await expect(page.getByText(/没有网络，已传 [2-9]\d%。连上网后自动接着传/)).toBeVisible();
  await noBarriers(page);
  await wire.mend();
  await uploads(-1);
  await expect(page.getByText("执照.pdf").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/正在上传|没有网络/)).toHaveCount(0);
  expect(begun, "one upload, not a second from the start").toBe(1);
  expect(sent, "a chunk or two again, not all of them").toBeLessThanOrEqual(Math.ceil(paper.length / (256 * 1024)) + 6);
  await page.getByRole("button", { name: /执照\.pdf/ }).first().click();
  const link = page.getByRole("link", { name: "下载" });
  const file = await page.request.get(new URL(await link.getAttribute("href"), wire.url).href);
  expect((await file.body()).equals(paper), "every byte, in its place").toBe(true);
});
