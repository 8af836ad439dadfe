// What no page of ours sends, with real sessions against the running server: each gets a clear 4xx that says what is
// wrong, never a 5xx, and afterwards everything stands as before.
import { Client, clientOf, traineeAt } from "../harness/client.mjs";
import { recordId } from "../harness/check_in.mjs";
import { idCard, newcomer } from "../harness/people.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

test.use({ world: "hostile" });

const operatorOf = (demo, province = "guizhou") => clientOf(demo, demo.person({ role: "operator", login: `${province}.operator` }));
const records = async (trainee) => (await trainee.ask("/api/attendance/history")).weeks.flatMap((week) => week.check_ins);

/** What the host knows, without the time of asking and without what looks at positions change. */
async function standing(operator) {
  const { as_of: _, ...board } = await operator.ask("/api/attendance/board");
  return { board, roster: await operator.ask("/api/internship/roster"), sites: await operator.ask("/api/site/list") };
}

/** The names of the fields that the answer complains about. */
const wrongFields = (answer) => answer.json?.Invalid?.errors.map(({ field }) => field) ?? [];

/** An answer that says no as the product's own code reads it: JSON with a known kind and a sentence where one belongs. */
function saysNo(answer, status, what) {
  expect(answer.status, `${what}: ${answer.text}`).toBe(status);
  const kind = typeof answer.json === "string" ? answer.json : Object.keys(answer.json ?? {})[0];
  expect(["Refused", "Invalid", "Forbidden", "NotFound", "Conflict", "SignIn", "TooMany"], `${what}: ${answer.text}`).toContain(kind);
  for (const sentence of [answer.json?.Refused?.message, answer.json?.Conflict?.message, ...(answer.json?.Invalid?.errors ?? []).map(({ message }) => message)]) {
    if (sentence !== undefined) expect(sentence, what).toMatch(/\p{Script=Han}{2,}/u);
  }
}

const NASTY = [
  "'; DROP TABLE check_in; --",
  "\" OR 1=1 --",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "{{7*7}}${7*7}",
  "../../etc/passwd",
  "😀👨‍👩‍👧‍👦",
  "\u0000\u0001",
  "\u202Egnp.exe",
  "Ａ".repeat(500),
];

test("malformed numbers of a position are refused with the field's name, and nothing is recorded @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const good = await trainee.checkInForm();
  const before = await standing(operator);
  const send = (changes) => trainee.post("/api/attendance/check_in", { form: { ...good, ...changes } });
  for (const [field, changes] of [
    ["latitude", { latitude: 90.0001 }],
    ["latitude", { latitude: -91 }],
    ["latitude", { longitude: 180.5 }],
    ["latitude", { longitude: -1e300 }],
    ["accuracy", { accuracy: 0 }],
    ["accuracy", { accuracy: -12 }],
    ["accuracy", { accuracy: 1e9 }],
    ["device_time", { device_time: demo.now() + 73 * 3_600_000 }],
    ["device_time", { device_time: demo.now() - 73 * 3_600_000 }],
    ["device_time", { device_time: 0 }],
    ["device_time", { device_time: -1 }],
    ["device_time", { device_time: 253_402_300_800_000 }],
    ["reason", { reason: "长".repeat(201) }],
    ["reason", { reason: "\u0007" }],
  ] as const) {
    const answer = await send(changes);
    saysNo(answer, 422, JSON.stringify(changes).slice(0, 80));
    expect(wrongFields(answer), JSON.stringify(changes).slice(0, 80)).toEqual([field]);
  }
  for (const changes of [
    { latitude: null },
    { latitude: "NaN" },
    { latitude: "26.6" },
    { longitude: [] },
    { longitude: {} },
    { accuracy: null },
    { accuracy: true },
    { accuracy: "Infinity" },
    { device_time: 1.5 },
    { device_time: 1e30 },
    { device_time: null },
    { id: "not-an-id" },
    { id: "" },
    { id: null },
    { internship: "1 OR 1=1" },
    { reason: null },
  ]) {
    saysNo(await send(changes), 400, JSON.stringify(changes));
  }
  const raw = (body, type = "application/json") => trainee.send("/api/attendance/check_in", { method: "POST", headers: { "content-type": type }, body });
  const written = JSON.stringify({ form: good });
  for (const body of [
    written.replace(/"latitude":[^,]+/, '"latitude":NaN'),
    written.replace(/"latitude":[^,]+/, '"latitude":1e999'),
    written.replace(/"accuracy":[^,]+/, '"accuracy":-Infinity'),
    written.replace(/"device_time":[^,]+/, '"device_time":99999999999999999999'),
    written.slice(0, -2),
    "",
    "null",
    "[]",
    '{"form":null}',
    "[".repeat(10_000),
    `{"form":${'{"a":'.repeat(5_000)}`,
  ]) {
    saysNo(await raw(body), 400, body.slice(0, 60));
  }
  saysNo(await raw(new Uint8Array([0xff, 0xfe, 0x00, 0x80])), 400, "bytes that are no text");
  expect(await records(trainee)).toEqual([]);
  expect(await standing(operator)).toEqual(before);
});

test("numbers at the edge are judged and recorded, never a pass @desk", async ({ demo }) => {
  const trainee = await traineeAt(demo, await operatorOf(demo));
  for (const [changes, verdict, state] of [
    [{ latitude: 90, longitude: 180 }, "outside", "waiting"],
    [{ latitude: -90, longitude: -180 }, "outside", "waiting"],
    [{ latitude: 0, longitude: 0 }, "outside", "waiting"],
    [{ latitude: 5e-324 }, "outside", "waiting"],
    [{ accuracy: 1_000_000 }, "uncertain", "waiting"],
    [{ accuracy: 0.001 }, "inside", "valid"],
    [{ accuracy: 5e-324 }, "inside", "valid"],
    [{ device_time: demo.now() + 71 * 3_600_000 }, "inside", "waiting"],
    [{ device_time: demo.now() - 71 * 3_600_000 }, "inside", "waiting"],
  ] as const) {
    const form = await trainee.checkInForm(changes);
    const answer = await trainee.post("/api/attendance/check_in", { form });
    const what = JSON.stringify(changes);
    // An accuracy that rounds to nothing may also be refused, as long as it is said beside the field.
    if (answer.status === 422 && "accuracy" in changes) {
      expect(wrongFields(answer), what).toEqual(["accuracy"]);
      continue;
    }
    expect(answer.status, `${what}: ${answer.text}`).toBe(200);
    expect(answer.json.check_in, what).toMatchObject({ verdict, state });
  }
});

test("the same id with other content overwrites nothing, also from another phone @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const form = await trainee.checkInForm();
  const first = await trainee.ask("/api/attendance/check_in", { form });
  expect(await trainee.ask("/api/attendance/check_in", { form })).toEqual({ ...first, repeated: true });
  for (const changes of [{ accuracy: 13 }, { reason: "另一个内容" }, { latitude: form.latitude + 0.001 }, { device_time: form.device_time + 1 }]) {
    saysNo(await trainee.post("/api/attendance/check_in", { form: { ...form, ...changes } }), 409, JSON.stringify(changes));
  }
  const other = await traineeAt(demo, operator);
  saysNo(await other.post("/api/attendance/check_in", { form: await other.checkInForm({ id: form.id }) }), 409, "an id of somebody else");
  expect(await records(other)).toEqual([]);
  expect(await records(trainee)).toEqual([first.check_in]);
});

test("sent ten times at once it is one record @desk", async ({ demo }) => {
  const trainee = await traineeAt(demo, await operatorOf(demo));
  const form = await trainee.checkInForm();
  const answers = await Promise.all(Array.from({ length: 10 }, () => trainee.post("/api/attendance/check_in", { form })));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(answers.filter(({ json }) => !json.repeated)).toHaveLength(1);
  expect(await records(trainee)).toHaveLength(1);
});

test("what belongs to another person or another host is not found, and stays as it is @desk", async ({ demo }) => {
  const [guizhou, shandong] = [await operatorOf(demo), await operatorOf(demo, "shandong")];
  const victim = await traineeAt(demo, guizhou);
  const offered = await traineeAt(demo, guizhou, { confirm: false });
  const stranger = await traineeAt(demo, shandong);
  const form = await victim.checkInForm({ latitude: 26.7, reason: "外出" });
  const { check_in } = await victim.ask("/api/attendance/check_in", { form });
  const [site] = await guizhou.ask("/api/site/list");
  const before = { guizhou: await standing(guizhou), shandong: await standing(shandong), history: await records(victim) };

  const siteForm = { name: "别人的地点", coordinates: "26.6, 106.6", datum: "wgs84", radius: "300" };
  const attempts = [
    [stranger, "/api/attendance/check_in", { form: { ...form, id: recordId(demo.now()) } }],
    [stranger, "/api/attendance/check_in", { form: { ...form, id: recordId(demo.now()), internship: recordId(demo.now()) } }],
    [shandong, "/api/attendance/decide", { form: { id: check_in.id, confirm: true, note: "", version: check_in.version } }],
    [shandong, "/api/attendance/decide", { form: { id: check_in.id, confirm: false, note: "不是我们的人", version: check_in.version } }],
    [shandong, "/api/internship/withdraw", { id: offered.internship, version: 1 }],
    [shandong, "/api/site/change", { id: site.id, version: site.version, form: siteForm }],
  ] as const;
  for (const [who, path, body] of attempts) saysNo(await who.post(path, body), 404, `${path} ${JSON.stringify(body)}`);
  for (const path of [`/api/site/get?id=${site.id}`]) saysNo(await shandong.get(path), 404, path);
  for (const path of [`/api/internship/view?id=${offered.internship}`, `/api/internship/view?id=${victim.internship}`]) {
    saysNo(await stranger.get(path), 404, path);
  }
  for (const path of ["/api/internship/confirm", "/api/internship/decline"]) {
    saysNo(await stranger.postForm(path, { id: offered.internship, version: "1", reason: "替别人谢绝" }), 404, path);
  }
  const person = newcomer();
  const terms = { id: recordId(demo.now()), name: person.name, phone: person.phone, post: "数据标注", site: site.id, starts_on: "2026-11-19", ends_on: "2027-05-18", allowance: "2100" };
  const offer = await shandong.post("/api/internship/offer", { form: terms });
  saysNo(offer, 422, "a site of another host");
  expect(wrongFields(offer)).toEqual(["site"]);
  expect({ guizhou: await standing(guizhou), shandong: await standing(shandong), history: await records(victim) }).toEqual(before);
});

test("each role is kept out of the other's rooms, and nobody without a session comes in @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const auditor = await clientOf(demo, demo.person({ role: "auditor" }));
  const anyone = new Client(demo);
  const form = await trainee.checkInForm();
  const ofTrainees = ["/api/attendance/today", "/api/attendance/history", "/api/trainee/me"];
  const ofOperators = ["/api/attendance/board", "/api/internship/roster", "/api/site/list", "/api/site/choices", "/api/host/rules"];
  for (const path of ofTrainees) {
    for (const who of [operator, auditor]) saysNo(await who.get(path), 403, path);
    saysNo(await anyone.get(path), 401, path);
  }
  for (const path of [...ofOperators, "/live/board"]) {
    for (const who of [trainee, auditor]) saysNo(await who.get(path), 403, path);
    saysNo(await anyone.get(path), 401, path);
  }
  saysNo(await operator.post("/api/attendance/check_in", { form }), 403, "an operator checks in");
  saysNo(await anyone.send("/api/attendance/check_in", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ form }) }), 401, "nobody checks in");
  saysNo(await trainee.post("/api/attendance/decide", { form: { id: form.id, confirm: true, note: "", version: 1 } }), 403, "a trainee decides");
  saysNo(await trainee.post("/api/site/add", { form: { name: "自己家", coordinates: "26.6, 106.6", datum: "wgs84", radius: "300" } }), 403, "a trainee adds a site");
  expect(await records(trainee)).toEqual([]);
});

test("a request that does not come from our own pages is refused before anybody reads it @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const body = JSON.stringify({ form: await trainee.checkInForm() });
  for (const headers of [
    { origin: null },
    { origin: "null" },
    { origin: "http://evil.example" },
    { origin: `${demo.url}1` },
    { "sec-fetch-site": "cross-site" },
    { origin: null, "sec-fetch-site": "same-site" },
  ]) {
    const answer = await trainee.send("/api/attendance/check_in", { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
    saysNo(answer, 403, JSON.stringify(headers));
    expect(answer.json.Refused.message).toContain("不是从见习通的页面发出的");
  }
  expect(await records(trainee)).toEqual([]);
  const good = await trainee.send("/api/attendance/check_in", { method: "POST", headers: { "content-type": "application/json", origin: null, "sec-fetch-site": "same-origin" }, body });
  expect(good.status).toBe(200);
});

test("oversized bodies are refused, wrong methods and types too @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const form = await trainee.checkInForm({ reason: "长".repeat(40_000) });
  saysNo(await trainee.post("/api/attendance/check_in", { form }), 413, "a reason of 120 KB");
  saysNo(await trainee.postForm("/api/trainee/register", newcomer({ school: "校".repeat(40_000) })), 413, "a school of 120 KB");
  for (const [path, options] of [
    ["/api/attendance/check_in", { method: "GET" }],
    ["/api/attendance/check_in", { method: "PUT", body: "{}" }],
    ["/api/attendance/today", { method: "POST", body: "{}" }],
    ["/api/attendance/check_in", { method: "POST", headers: { "content-type": "text/plain" }, body: "form=1" }],
    ["/api/account/sign_in", { method: "POST", headers: { "content-type": "application/json" }, body: "{" }],
    ["/api/nothing/here", { method: "POST", body: "" }],
  ] as const) {
    const answer = await trainee.send(path, options);
    expect(answer.status, `${options.method} ${path}: ${answer.text}`).toBeGreaterThanOrEqual(400);
    expect(answer.status, `${options.method} ${path}: ${answer.text}`).toBeLessThan(500);
  }
  expect(await records(trainee)).toEqual([]);
});

test("broken, forged and huge cookies are no session and no fault @desk", async ({ demo }) => {
  const trainee = await traineeAt(demo, await operatorOf(demo));
  const [, token] = /__Host-jianxi=([^;]+)/.exec(trainee.cookie);
  const anyone = new Client(demo);
  for (const cookie of [
    "__Host-jianxi=",
    "__Host-jianxi",
    "=;;;=",
    `__Host-jianxi=${token}x`,
    `__Host-jianxi=${token.slice(0, -1)}`,
    `__Host-jianxi=${token.toUpperCase()}`,
    `__Host-jianxi="${token}"`,
    "__Host-jianxi='; DROP TABLE session; --",
    "__Host-jianxi=%00%ff",
    `__Host-jianxi=${"x".repeat(8_000)}`,
    Array.from({ length: 200 }, (_, at) => `c${at}=v`).join("; "),
  ]) {
    saysNo(await anyone.send("/api/attendance/today", { headers: { cookie } }), 401, cookie.slice(0, 60));
    const page = await anyone.send("/today", { headers: { cookie, accept: "text/html" } });
    expect([302, 303, 307], cookie.slice(0, 60)).toContain(page.status);
    expect(page.headers.get("location")).toMatch(/^\/sign-in\?next=/);
  }
  const huge = await anyone.send("/today", { headers: { cookie: `__Host-jianxi=${"x".repeat(200_000)}`, accept: "text/html" } });
  expect(huge.status).toBeGreaterThanOrEqual(300);
  expect(huge.status).toBeLessThan(500);
  expect((await trainee.get("/api/attendance/today")).status).toBe(200);
});

test("a registration with nonsense names every field that is wrong, and makes nobody @desk", async ({ demo }) => {
  const anyone = new Client(demo);
  const sends = async (changes) => anyone.postForm("/api/trainee/register", newcomer(changes));
  for (const [field, changes] of [
    ["id_card", { id_card: "身份证号码字" }],
    ["id_card", { id_card: "身份证号码身份证号码身份证号码身份证" }],
    ["id_card", { id_card: idCard("20040231", 7) }],
    ["id_card", { id_card: "110105194912310021" }],
    ["id_card", { id_card: "１１０１０５１９４９１２３１００２Ｘ１" }],
    ["name", { name: "😀😀" }],
    ["name", { name: "👨‍👩‍👧‍👦" }],
    ["name", { name: "安" }],
    ["name", { name: "安".repeat(31) }],
    ["phone", { phone: "12345678901" }],
    ["phone", { phone: "+86" }],
    ["kind", { kind: "admin" }],
    ["diploma_date", { diploma_date: "2026-02-30" }],
    ["diploma_date", { diploma_date: "2099-01-01" }],
    ["diploma_date", { diploma_date: "-999999-01-01" }],
    ["residence", { residence: "999999" }],
    ["residence", { residence: "520000" }],
    ["password", { password: "1234567" }],
    ["consent_privacy", { consent_privacy: "" }],
  ] as const) {
    const answer = await sends(changes);
    saysNo(answer, 422, JSON.stringify(changes));
    expect(wrongFields(answer), JSON.stringify(changes)).toContain(field);
  }
  for (const nasty of NASTY) {
    const answer = await sends({ name: nasty, id_card: nasty, phone: nasty, kind: nasty, diploma_date: nasty, residence: nasty });
    saysNo(answer, 422, nasty.slice(0, 30));
    expect(wrongFields(answer)).toEqual(expect.arrayContaining(["name", "id_card", "phone", "kind", "residence"]));
  }
  expect(anyone.cookie).not.toContain("__Host-jianxi=");
});

test("the same ID card or telephone number twice reveals nothing about the other person @desk", async ({ demo }) => {
  const first = newcomer();
  await new Client(demo).register(first);
  for (const changes of [{ id_card: first.id_card }, { phone: first.phone }]) {
    const answer = await new Client(demo).postForm("/api/trainee/register", newcomer(changes));
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain(first.name);
    expect(answer.text).not.toContain(first.school);
    expect(answer.text).toContain("登录");
  }
});

test("nonsense in the host's forms is refused beside its field or kept as plain text, never run @desk", async ({ page, demo }) => {
  const operator = await operatorOf(demo, "chongqing");
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const [site] = await operator.ask("/api/site/choices");
  for (const nasty of NASTY) {
    const offer = await operator.post("/api/internship/offer", { form: { id: nasty, name: nasty, phone: nasty, post: "数据标注", site: nasty, starts_on: nasty, ends_on: nasty, allowance: nasty } });
    saysNo(offer, 422, nasty.slice(0, 30));
    expect(wrongFields(offer)).toEqual(expect.arrayContaining(["id", "name", "phone", "site", "starts_on", "ends_on", "allowance"]));
    const added = await operator.post("/api/site/add", { form: { name: "好名字", coordinates: nasty, datum: nasty, radius: nasty } });
    saysNo(added, 422, nasty.slice(0, 30));
    expect(wrongFields(added)).toEqual(expect.arrayContaining(["coordinates", "datum", "radius"]));
  }
  for (const allowance of ["-1", "0", "1e9", "NaN", "99999999999999999999", "2100.001"]) {
    const person = newcomer();
    const answer = await operator.post("/api/internship/offer", { form: { id: recordId(demo.now()), name: person.name, phone: person.phone, post: "数据标注", site: site.id, starts_on: "2026-11-19", ends_on: "2027-05-18", allowance } });
    saysNo(answer, 422, allowance);
    expect(wrongFields(answer), allowance).toEqual(["allowance"]);
  }

  const markup = '<img src=x onerror=alert(1)>"\'&';
  await operator.ask("/api/site/add", { form: { name: markup, coordinates: "29.6, 106.5", datum: "wgs84", radius: "300" } });
  const person = newcomer({ school: markup });
  const trainee = await traineeAt(demo, operator, { person, post: markup });
  const { check_in } = await trainee.ask("/api/attendance/check_in", { form: await trainee.checkInForm({ latitude: 29.7, reason: markup }) });
  await operator.open(page, "/host");
  await expect(page.getByRole("row").filter({ hasText: person.name })).toContainText(markup);
  await expect(page.getByRole("listitem").filter({ hasText: `${person.name} 申请外勤` })).toContainText(markup);
  await operator.ask("/api/attendance/decide", { form: { id: check_in.id, confirm: false, note: markup, version: check_in.version } });
  for (const path of ["/host/people", "/host/sites", "/host/people/new"]) {
    await page.goto(path);
    await expect(page.getByText(markup).first()).toBeAttached();
  }
  await page.context().clearCookies();
  await trainee.open(page, "/history");
  await expect(page.getByText(`单位写的：${markup}`)).toBeVisible();
  await page.goto("/me");
  await expect(page.getByText(markup)).toBeVisible();
  await noBarriers(page);
  expect(dialogs).toEqual([]);
});

test("a decision needs what it is about, its version and a reason @desk", async ({ demo }) => {
  const operator = await operatorOf(demo);
  const trainee = await traineeAt(demo, operator);
  const counted = (await trainee.ask("/api/attendance/check_in", { form: await trainee.checkInForm() })).check_in;
  const { check_in } = await trainee.ask("/api/attendance/check_in", { form: await trainee.checkInForm({ latitude: 26.7, reason: "外出" }) });
  const before = await records(trainee);
  const decide = (form) => operator.post("/api/attendance/decide", { form: { id: check_in.id, confirm: false, note: "没有安排", version: check_in.version, ...form } });
  for (const note of ["", " ", "x", "长".repeat(201), "\u0000没有"]) {
    const answer = await decide({ note });
    saysNo(answer, 422, JSON.stringify(note).slice(0, 20));
    expect(wrongFields(answer)).toEqual(["note"]);
  }
  saysNo(await decide({ version: 99 }), 409, "a version that nobody saw");
  saysNo(await decide({ version: -1 }), 409, "a version below zero");
  saysNo(await decide({ version: "1" }), 400, "a version that is text");
  saysNo(await decide({ confirm: "yes" }), 400, "a decision that is text");
  saysNo(await decide({ id: counted.id }), 422, "one that counts already");
  expect(await records(trainee)).toEqual(before);
});
