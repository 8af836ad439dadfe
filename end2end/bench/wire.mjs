// A wire between the browser and the server that counts what comes down, whoever asked for it: page or service worker.
import { connect, createServer } from "node:net";

export async function countingWire(target) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  const wire = {
    down: 0,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(done);
      }),
  };
  const server = createServer((browser) => {
    const product = connect(Number(port), hostname);
    for (const socket of [browser, product]) {
      open.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        open.delete(socket);
        browser.destroy();
        product.destroy();
      });
    }
    product.on("data", (bytes) => (wire.down += bytes.length));
    browser.pipe(product);
    product.pipe(browser);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  wire.url = `http://127.0.0.1:${server.address().port}`;
  return wire;
}
