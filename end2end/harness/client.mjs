// A program that speaks to the server as a browser's code does, with cookies and an Origin: for preparing what a story
// starts with, and for sending what no page of ours would send.
import { centreOf, recordId } from "./check_in.mjs";
import { newcomer, newUnit } from "./people.mjs";
import { visit } from "./sign_in.mjs";

export class Client {
  #cookies = new Map();

  constructor(demo) {
    this.demo = demo;
  }

  get cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Hands the session to a browser's page, so that a story begins signed in. */
  async open(page, path) {
    const { hostname } = new URL(this.demo.url);
    const safe = { domain: hostname, path: "/", secure: true, httpOnly: true, sameSite: "Lax" };
    await page.context().addCookies([...this.#cookies].map(([name, value]) => ({ name, value, ...safe })));
    await visit(page, path);
  }

  /** Sends exactly this; the answer with its text and, where it is JSON, its content. */
  async send(path, { headers = {}, ...rest } = {}) {
    const own = { accept: "application/json", origin: this.demo.url, ...(this.cookie && { cookie: this.cookie }) };
    const merged = Object.fromEntries(Object.entries({ ...own, ...headers }).filter(([, value]) => value !== null));
    const answer = await fetch(this.demo.url + path, { redirect: "manual", ...rest, headers: merged });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const text = await answer.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: answer.status, headers: answer.headers, text, json };
  }

  get(path) {
    return this.send(path);
  }

  post(path, content) {
    return this.send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content) });
  }

  /** As a form, the way sign-in and registration travel. */
  postForm(path, values) {
    return this.send(path, { method: "POST", body: new URLSearchParams(values) });
  }

  /** The content of an answer that must be good. */
  async ask(path, content) {
    const answer = content === undefined ? await this.get(path) : await this.post(path, content);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }

  async #form(path, values) {
    const answer = await this.postForm(path, values);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return this;
  }

  async signIn(person) {
    await this.#form("/api/account/sign_in", { login: person.login, password: person.password });
    if (person.totp_secret) await this.#form("/api/account/second_factor", { code: this.demo.code(person) });
    return this;
  }

  /** Registers a unit and binds its second factor; `person` can sign in anew with it. */
  async registerUnit(unit = newUnit()) {
    await this.#form("/api/host/register", unit);
    const { set_up } = await this.ask("/api/account/second_factor_set_up");
    this.person = { ...unit, totp_secret: set_up.secret };
    return this.#form("/api/account/second_factor", { code: this.demo.code(this.person) });
  }

  /** Hands a file in; its id. */
  async upload(purpose, { name, buffer }) {
    const { id } = await this.ask("/files", { purpose, name, size: buffer.length });
    const answer = await this.send(`/files/${id}?offset=0`, { method: "PATCH", body: buffer });
    if (answer.status !== 200) throw new Error(`${name} was answered ${answer.status}: ${answer.text}`);
    return id;
  }

  async register(values = newcomer()) {
    this.person = values;
    return this.#form("/api/trainee/register", values);
  }

  /** Says yes to an offer. */
  async confirm(id = this.internship) {
    const { offer } = await this.ask(`/api/internship/view?id=${id}`);
    return this.#form("/api/internship/confirm", { id, version: String(offer.version) });
  }

  /** Everything that a check-in consists of, at the centre of the first site unless said otherwise. */
  async checkInForm(changes = {}) {
    const { internship } = await this.ask("/api/attendance/today");
    const now = this.demo.now();
    return { id: recordId(now), internship: internship.id, device_time: now, ...centreOf(internship), accuracy: 12, reason: "", ...changes };
  }
}

/** One signed-in client per sign-in name and worker, so that second-factor codes are not used up. */
export async function clientOf(demo, person) {
  const known = (demo.clients ??= new Map());
  if (!known.has(person.login)) known.set(person.login, await new Client(demo).signIn(person));
  return known.get(person.login);
}

/** Which demo reviewer decides about the people of a county. */
const REVIEWERS = { 520115: "guizhou.reviewer", 520623: "guizhou.reviewer.shiqian" };

/** The county's reviewer calls somebody who has just registered and approves: what everything else waits for. */
export async function verify(demo, { name, residence }) {
  const reviewer = await clientOf(demo, demo.person({ role: "reviewer", login: REVIEWERS[residence] }));
  const { rows } = await reviewer.ask(`/api/review/queue?kind=person_identity&search=${encodeURIComponent(name)}`);
  const mine = rows.find(({ subject }) => subject === name);
  if (!mine) throw new Error(`no open identity of ${name} at ${REVIEWERS[residence]}`);
  const form = { verdict: "approve", proof: "phone", note: "通话核对了姓名、住址和学校，都对得上" };
  await reviewer.ask("/api/review/decide", { id: mine.id, version: mine.version, form });
}

/** Somebody new, with a proven identity, whom this operator's host took on at its first site, and who confirmed. */
export async function traineeAt(demo, operator, { confirm = true, person = newcomer(), ...changes } = {}) {
  const trainee = await new Client(demo).register(person);
  await verify(demo, person);
  const [site] = await operator.ask("/api/site/choices");
  const terms = { id: recordId(demo.now()), name: person.name, phone: person.phone, post: "数据标注", site: site.id, starts_on: "2026-11-16", ends_on: "2027-05-15", allowance: "2100", ...changes };
  trainee.internship = await operator.ask("/api/internship/offer", { form: terms });
  if (confirm) await trainee.confirm();
  return trainee;
}
