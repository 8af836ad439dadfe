import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { median, quantile, table } from "../bench/figures.mjs";
import { answerIn, hammer, request } from "../bench/load.mjs";
import { cpuSeconds, cpuSecondsIn } from "../bench/process.mjs";
import { countingWire } from "../bench/wire.mjs";

test("the middle and the tail of measurements", () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(quantile([10, 9, 100, 8], 0.99), 100);
  assert.equal(quantile([10, 9, 100, 8], 0.5), 9);
  assert.throws(() => median([]), /no values/);
});

test("a table lines up behind Chinese words", () => {
  assert.equal(table([["a", "1"], ["今天", "2"]]), "a     1\n今天  2");
});

test("CPU time is read behind a program name with brackets", () => {
  const stat = "77 (a) b) S 1 77 77 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 4 0 100 1 1";
  assert.equal(cpuSecondsIn(stat, 100), 3);
  assert.ok(cpuSeconds(process.pid) > 0);
});

test("answers are read whole, by length or in chunks, and never too early", () => {
  const plain = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1");
  assert.deepEqual(answerIn(plain), { status: 200, body: Buffer.from("ok"), length: 40 });
  assert.equal(answerIn(plain.subarray(0, 39)), null);
  const chunked = Buffer.from("HTTP/1.1 422 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
  assert.equal(answerIn(chunked).body.toString(), "ok");
  assert.equal(answerIn(chunked).length, chunked.length);
  assert.equal(answerIn(chunked.subarray(0, chunked.length - 1)), null);
});

test("the load generator sends each request once and counts the answers; the wire counts the bytes", async () => {
  const seen = [];
  const server = createServer((incoming, answer) => {
    let body = "";
    incoming.on("data", (part) => (body += part));
    incoming.on("end", () => {
      seen.push(body);
      answer.statusCode = body === "bad" ? 422 : 200;
      answer.end("x".repeat(1000));
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const wire = await countingWire(`http://127.0.0.1:${server.address().port}`);
  const bodies = ["one", "two", "bad", "four"];
  const result = await hammer({
    url: wire.url,
    connections: 2,
    next: () => (bodies.length === 0 ? null : request("POST", "/", { host: "test" }, bodies.shift())),
  });
  await wire.close();
  server.close();
  assert.deepEqual(seen.sort(), ["bad", "four", "one", "two"]);
  assert.deepEqual(result.statuses, { 200: 3, 422: 1 });
  assert.equal(result.latencies.length, 4);
  assert.match(result.refusals[0], /^422 x/);
  assert.ok(wire.down > 4000);
});
