// A closed-loop load generator: so many connections, each sends its next request when the answer to the last is read.
// Speaks HTTP/1.1 on bare sockets, because Node's own client costs more CPU than the server that it should measure.
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

const HEAD_END = Buffer.from("\r\n\r\n");

/** One request as bytes. */
export function request(method, path, headers, body = "") {
  const content = Buffer.from(body);
  const lines = Object.entries({ ...headers, "content-length": content.length }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`), content]);
}

/** The first whole answer in these bytes, or null while some of it is missing: its status, its body and its length. */
export function answerIn(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  let at = end + HEAD_END.length;
  if (/\r\ntransfer-encoding: chunked/.test(head)) {
    const parts = [];
    for (;;) {
      const line = bytes.indexOf("\r\n", at);
      if (line < 0) return null;
      const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
      at = line + 2;
      if (bytes.length < at + size + 2) return null;
      parts.push(bytes.subarray(at, at + size));
      at += size + 2;
      if (size === 0) return { status, body: Buffer.concat(parts), length: at };
    }
  }
  const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
  if (bytes.length < at + length) return null;
  return { status, body: bytes.subarray(at, at + length), length: at + length };
}

/**
 * Sends every request that `next(connection)` gives, until it gives null.
 * @returns {Promise<{ latencies: number[], statuses: Record<string, number>, seconds: number, refusals: string[] }>}
 *   latencies in milliseconds; refusals: the first few answers that `accepted` did not take
 */
export async function hammer({ url, connections, next, accepted = ({ status }) => status === 200 }) {
  const { hostname, port } = new URL(url);
  const latencies = [];
  const statuses = {};
  const refusals = [];
  const begun = performance.now();
  const worker = (number) =>
    new Promise((done, failed) => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      let held = Buffer.alloc(0);
      let sent = 0;
      let over = false;
      const send = () => {
        const bytes = next(number);
        if (bytes === null) {
          over = true;
          socket.end();
          done();
          return;
        }
        sent = performance.now();
        socket.write(bytes);
      };
      socket.once("connect", send);
      socket.on("data", (bytes) => {
        held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
        const answer = answerIn(held);
        if (answer === null) return;
        latencies.push(performance.now() - sent);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (!accepted(answer) && refusals.length < 3) refusals.push(`${answer.status} ${answer.body.toString("utf8").slice(0, 300)}`);
        held = held.subarray(answer.length);
        send();
      });
      socket.on("error", failed);
      socket.on("close", () => over || failed(new Error("the server closed a connection before it answered")));
    });
  await Promise.all(Array.from({ length: connections }, (_, number) => worker(number)));
  return { latencies, statuses, refusals, seconds: (performance.now() - begun) / 1000 };
}
