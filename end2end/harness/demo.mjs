// One running product with demo data of its own: a temporary folder (or a database of the throw-away PostgreSQL), the
// release binary on a free port of this machine, and the demo's sign-ins. Used by tests, screenshots and benchmarks.
import { execFile, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { codeOfStep, stepAt } from "./totp.mjs";

const run = promisify(execFile);
const repo = resolve(import.meta.dirname, "../..");
const binary = process.env.JIANXI_BIN ?? join(repo, "target/release/jianxi");

/** When the demo's story begins: the Thursday of the mock-ups, before the trainee's first check-in of the day. */
export const START = Date.parse("2026-11-19T09:02:00+08:00");

/** A port of this machine that nobody listens on. */
export const free = () =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });

/** A database for one server: a file, or one of its own in the PostgreSQL that .ci/postgres started. */
async function newDatabase(kind, home) {
  if (kind !== "postgres") return { url: `sqlite:${join(home, "jianxi.db")}`, drop: async () => {} };
  const server = process.env.JIANXI_TEST_POSTGRES;
  if (!server) throw new Error("E2E_DATABASE=postgres needs JIANXI_TEST_POSTGRES: run it through .ci/postgres");
  const name = `e2e_${process.pid}_${Date.now().toString(36)}`;
  const psql = (statement) => run("psql", [server, "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement]);
  await psql(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => psql(`drop database ${name} with (force)`) };
}

/** What the binary needs to find its site; the clock starts at `now` and runs on from there. */
const environment = (now) => ({
  ...process.env,
  LEPTOS_OUTPUT_NAME: "jianxi",
  LEPTOS_SITE_ROOT: process.env.LEPTOS_SITE_ROOT ?? join(repo, "target/site"),
  LEPTOS_SITE_PKG_DIR: "pkg",
  LEPTOS_HASH_FILES: "true",
  LEPTOS_ENV: "PROD",
  JIANXI_NOW: new Date(now).toISOString(),
});

/**
 * @param {{ database?: "sqlite" | "postgres", core?: number, extra?: Record<string, string> }} options
 *   `core`: pin the server to this core (benchmarks)
 */
export async function startDemo({ database = process.env.E2E_DATABASE ?? "sqlite", core, extra = {} } = {}) {
  const home = await mkdtemp(join(tmpdir(), "jianxi-e2e-"));
  const undo = [() => rm(home, { recursive: true, force: true })];
  const clean = async () => {
    for (const step of undo.reverse()) await step();
    undo.length = 0;
  };
  try {
    const { url: databaseUrl, drop } = await newDatabase(database, home);
    undo.push(drop);
    const place = ["--data", home, "--database", databaseUrl];
    const env = { ...environment(START), ...extra };
    const filled = await run(binary, [...place, "demo", "--print-json"], { env, cwd: repo, maxBuffer: 1 << 26 });
    const people = JSON.parse(filled.stdout);

    const port = await free();
    const url = `http://127.0.0.1:${port}`;
    const logFile = join(home, "server.log");
    const log = openSync(logFile, "w");
    const serve = [...place, "serve", "--demo", "--listen", `127.0.0.1:${port}`];
    const [program, args] = core === undefined ? [binary, serve] : ["taskset", ["-c", String(core), binary, ...serve]];
    const readLog = () => readFile(logFile, "utf8");
    const launch = async (now) => {
      const startedAt = Date.now();
      const server = spawn(program, args, { env: { ...environment(now), ...extra }, cwd: repo, stdio: ["ignore", log, log] });
      const end = ending(server);
      undo.push(end);
      await ready(url, server, readLog);
      return { pid: server.pid, began: now, startedAt, end };
    };
    undo.push(() => closeSync(log));
    return new Demo({ url, home, people, log: readLog, stop: clean, launch, ...(await launch(START)) });
  } catch (error) {
    await clean();
    throw error;
  }
}

/** How a server ends: asked first, killed when it does not listen; once. */
function ending(server) {
  const ended = new Promise((end) => server.once("exit", end));
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  return async () => {
    process.off("exit", kill);
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGTERM");
    const patience = setTimeout(kill, 10_000);
    await ended;
    clearTimeout(patience);
  };
}

async function ready(url, server, log) {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}:\n${await log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`the server was not ready after 30 s:\n${await log()}`);
}

class Demo {
  /** Sessions that signed in already, by sign-in name: cookies to put into another context. */
  sessions = new Map();
  #usedSteps = new Map();

  constructor(parts) {
    Object.assign(this, parts);
  }

  /** The server's time. */
  now() {
    return this.began + Date.now() - this.startedAt;
  }

  /** The same server, stopped and started again at another time; staff must sign in anew, as after any long pause. */
  async travel(to) {
    await this.end();
    Object.assign(this, await this.launch(to));
    this.sessions.clear();
    this.clients?.clear();
  }

  /** The demo person of this role for whom every given field matches, e.g. `{ role: "operator", host: /茶/ }`. */
  person(wanted) {
    const fits = (person) =>
      Object.entries(wanted).every(([field, value]) =>
        value instanceof RegExp ? value.test(person[field] ?? "") : person[field] === value,
      );
    const found = this.people.find(fits);
    if (!found) throw new Error(`no demo sign-in fits ${JSON.stringify(wanted, (_, v) => (v instanceof RegExp ? String(v) : v))}`);
    return found;
  }

  /** A second-factor code that this person has not used yet: the server takes each step's code once. */
  code(person) {
    const current = stepAt(this.now());
    const step = Math.max(current, (this.#usedSteps.get(person.login) ?? 0) + 1);
    if (step > current + 1) throw new Error(`${person.login} signed in three times within 30 s: use another person`);
    this.#usedSteps.set(person.login, step);
    return codeOfStep(person.totp_secret, step);
  }
}
