// The wire between a phone and the server, to be cut: a proxy on this machine. `context.setOffline` does not reach a
// service worker's own requests, a dead wire does. It can also hand out another service worker than the server's.
import { createServer, request } from "node:http";

/** @param {string} target the server, e.g. `http://127.0.0.1:40123` */
export async function layWire(target) {
  const { hostname, port } = new URL(target);
  const changed = new Map();
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers };
    const change = changed.get(new URL(asked.url, target).pathname);
    if (change) headers["accept-encoding"] = "identity";
    const onward = request({ hostname, port, path: asked.url, method: asked.method, headers }, (given) => {
      if (!change) {
        answer.writeHead(given.statusCode, given.headers);
        given.pipe(answer);
        return;
      }
      const parts = [];
      given.on("data", (part) => parts.push(part));
      given.on("end", () => {
        const body = Buffer.from(change(Buffer.concat(parts).toString()));
        answer.writeHead(given.statusCode, { ...given.headers, "content-length": body.length });
        answer.end(body);
      });
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  const listen = (at) => new Promise((up) => server.listen(at, "127.0.0.1", up));
  await listen(0);
  const own = server.address().port;
  const cut = async () => {
    if (!server.listening) return;
    const closed = new Promise((down) => server.close(down));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${own}`,
    cut,
    mend: () => listen(own),
    /** From now on the file under this path is what `change` makes of it. */
    change: (path, change) => changed.set(path, change),
  };
}

/** Fixtures for `test.extend`: every page goes through a wire of its own, named `wire`. */
export const onWire = {
  wire: async ({ demo }, use) => {
    const wire = await layWire(demo.url);
    await use(wire);
    await wire.cut();
  },
  baseURL: async ({ wire }, use) => use(wire.url),
};
