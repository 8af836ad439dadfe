// 签到 on the phone: what the press does in every place and with every answer of the phone and of the network.
import { clientOf, traineeAt } from "../harness/client.mjs";
import { newcomer } from "../harness/people.mjs";
import { expect, from, movedTo, noBarriers, position, positionDenied, positionUnavailable, test, today } from "../harness/test.mjs";

test.use({ world: "check_in" });

/** Somebody new with an active internship, signed in on this page and looking at 今天; the site where they work. */
async function begin(page, demo, changes = {}) {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const trainee = await traineeAt(demo, operator, changes);
  await trainee.open(page, "/today");
  const { internship } = await today(page);
  const [latitude, longitude] = internship.sites[0].centre.map((e7) => e7 / 1e7);
  return { trainee, centre: { latitude, longitude }, site: internship.sites[0] };
}

const stand = (page, place, accuracy = 12) => position(page.context(), place.latitude, place.longitude, accuracy);
const button = (page) => page.getByRole("button", { name: /^签到/ });
const done = (page) => page.getByRole("button", { name: /^已签到/ });
/** The patience of the page with a position that does not get better, in one jump. */
const wait = (page) => page.clock.fastForward(13_000);

/** What the server recorded for this person. */
async function recorded(trainee) {
  const { weeks } = await trainee.ask("/api/attendance/history");
  return weeks.flatMap((week) => week.check_ins);
}

test("nothing is located before the press, and inside the fence it counts at once @phone", async ({ page, demo }) => {
  await page.addInitScript(() => {
    const asked = [];
    Object.assign(globalThis, { asked });
    for (const way of ["getCurrentPosition", "watchPosition"]) {
      const real = Geolocation.prototype[way];
      Geolocation.prototype[way] = function (...options) {
        asked.push(way);
        return real.apply(this, options);
      };
    }
  });
  const { trainee, centre, site } = await begin(page, demo);
  await stand(page, from(centre, 83));
  await expect(page.getByText("还差 2 次")).toBeVisible();
  await expect(page.getByText("按下才定位，平时不读取你的位置")).toBeVisible();
  await noBarriers(page);
  expect(await page.evaluate(() => globalThis.asked)).toEqual([]);

  await button(page).click();
  await expect(done(page)).toBeVisible();
  await expect(page.getByText(/^签到成功 · \d\d:\d\d$/)).toBeVisible();
  await expect(page.getByText("已计入本周，本周还差 1 次，要换一天再签。")).toBeVisible();
  await expect(page.getByText("还差 1 次", { exact: true })).toBeVisible();
  await expect(page.getByText("11月19日 周四，已签到")).toBeAttached();
  const list = page.getByRole("region", { name: "今天的签到" });
  await expect(list).toContainText(`${site.name} · 83 米 · ±12 米`);
  await expect(list).toContainText("有效");
  expect(await page.evaluate(() => globalThis.asked)).toEqual(["watchPosition"]);
  expect(await recorded(trainee)).toMatchObject([{ verdict: "inside", state: "valid", reason: null }]);
  await noBarriers(page);
});

test("outside the fence the person says why, and the check-in waits for the host @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await stand(page, from(centre, 1_900));
  await button(page).click();
  await expect(page.getByText("在考勤范围外，继续定位…")).toBeVisible();
  await expect(page.getByText(/1\.9 公里 · 定位精度 ±12 米/).first()).toBeVisible();
  await page.getByRole("button", { name: "说明原因后提交" }).click();
  const sheet = page.getByRole("dialog", { name: "说明原因，请单位确认" });
  await expect(sheet).toContainText("你在考勤范围外");
  await noBarriers(page);

  await sheet.getByRole("button", { name: "提交，等单位确认" }).click();
  await expect(sheet.getByText("请写明原因，单位要看着它来确认")).toBeVisible();
  await expect(sheet.getByLabel("原因")).toBeFocused();
  await noBarriers(page);
  expect(await recorded(trainee)).toEqual([]);

  await sheet.getByLabel("原因").fill("去客户机房巡检");
  await sheet.getByRole("button", { name: "提交，等单位确认" }).click();
  await expect(page.getByText(/^已记录 · \d\d:\d\d，等单位确认$/)).toBeVisible();
  await expect(page.getByText("单位确认后才计入本周，现在本周还差 2 次。")).toBeVisible();
  await expect(page.getByText("11月19日 周四，等单位确认")).toBeAttached();
  expect(await recorded(trainee)).toMatchObject([{ verdict: "outside", state: "waiting", reason: "去客户机房巡检" }]);
  await noBarriers(page);
});

// A test of its own: axe may take longer than the page's patience, and then looks at the question that follows.
test("the moment of locating has no barriers @phone", async ({ page, demo }) => {
  const { centre } = await begin(page, demo);
  await stand(page, from(centre, 1_900));
  await button(page).click();
  await expect(page.getByText("在考勤范围外，继续定位…")).toBeVisible();
  await noBarriers(page);
});

test("a position that leaves it open is given time, then the page asks @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await stand(page, from(centre, 290), 48);
  await button(page).click();
  await expect(page.getByText("还分不清在不在范围内，继续定位…")).toBeVisible();
  await wait(page);
  const sheet = page.getByRole("dialog", { name: "说明原因，请单位确认" });
  await expect(sheet).toContainText("位置不够准，分不清你在不在范围内");
  await sheet.getByLabel("原因").fill("在地下停车场");
  await sheet.getByRole("button", { name: "提交，等单位确认" }).click();
  await expect(page.getByText(/^已记录 · /)).toBeVisible();
  expect(await recorded(trainee)).toMatchObject([{ verdict: "uncertain", state: "waiting", reason: "在地下停车场" }]);
});

test("closing the question sends nothing, and the button is ready again @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await stand(page, from(centre, 900));
  await button(page).click();
  await page.getByRole("button", { name: "说明原因后提交" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
  await expect(button(page)).toBeVisible();
  await button(page).click();
  await page.getByRole("button", { name: "说明原因后提交" }).click();
  await page.keyboard.press("Escape");
  await expect(button(page)).toBeVisible();
  expect(await recorded(trainee)).toEqual([]);
});

test("a position that gets better sends by itself @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await stand(page, from(centre, 150), 240);
  await button(page).click();
  await expect(page.getByText("还分不清在不在范围内，继续定位…")).toBeVisible();
  await expect(page.getByRole("main").getByText(/定位精度 ±240 米/)).toBeVisible();
  const { latitude, longitude } = from(centre, 150);
  await movedTo(page.context(), latitude, longitude, 9);
  await expect(done(page)).toBeVisible();
  expect(await recorded(trainee)).toMatchObject([{ verdict: "inside", state: "valid" }]);
});

/** Pressed on a phone that gives positions of 3 km only, and waited for a better one in vain. */
async function beginRoughly(page, demo) {
  const begun = await begin(page, demo);
  await stand(page, from(begun.centre, 40), 3_000);
  await button(page).click();
  await expect(page.getByRole("main").getByText(/定位精度 ±3\.0 公里/)).toBeVisible();
  await wait(page);
  return begun;
}

test("a phone that gives only a rough position says how to give a better one @phone", async ({ page, demo }) => {
  const { trainee, centre } = await beginRoughly(page, demo);
  await expect(page.getByText("位置太粗略，误差约 3.0 公里")).toBeVisible();
  await expect(page.getByText(/打开“使用精确位置”/)).toBeVisible();
  await noBarriers(page);
  await stand(page, from(centre, 40), 15);
  await page.getByRole("button", { name: "再定位一次" }).click();
  await expect(done(page)).toBeVisible();
  expect(await recorded(trainee)).toHaveLength(1);
});

test("a rough position can be sent all the same, with a reason @phone", async ({ page, demo }) => {
  const { trainee } = await beginRoughly(page, demo);
  await page.getByRole("button", { name: "说明原因后提交" }).click();
  await page.getByRole("dialog").getByLabel("原因").fill("手机只给大概位置");
  await page.getByRole("dialog").getByRole("button", { name: "提交，等单位确认" }).click();
  await expect(page.getByText(/^已记录 · /)).toBeVisible();
  expect(await recorded(trainee)).toMatchObject([{ verdict: "uncertain", state: "waiting" }]);
});

test("without the permission the page says how to give it, and goes on afterwards @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await positionDenied(page.context());
  await button(page).click();
  await expect(page.getByText("没有定位权限")).toBeVisible();
  await expect(page.getByText("点地址栏左边的图标→“权限”→“位置信息”→“允许”。")).toBeVisible();
  await noBarriers(page);
  await stand(page, from(centre, 20));
  await page.getByRole("button", { name: "再定位一次" }).click();
  await expect(done(page)).toBeVisible();
  expect(await recorded(trainee)).toHaveLength(1);
});

test("a phone without a position says what to try, and the round button tries again @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await positionUnavailable(page.context());
  await button(page).click();
  await expect(page.getByText("手机现在找不到位置")).toBeVisible();
  await noBarriers(page);
  await stand(page, from(centre, 20));
  await button(page).click();
  await expect(done(page)).toBeVisible();
  expect(await recorded(trainee)).toHaveLength(1);
});

test("a phone that never answers is not waited for without end @phone", async ({ page, demo }) => {
  await page.addInitScript(() => {
    Geolocation.prototype.watchPosition = () => 1;
  });
  await begin(page, demo);
  await button(page).click();
  await expect(page.getByText("正在定位。弹出询问时请点“允许”")).toBeVisible();
  await page.clock.fastForward(46_000);
  await expect(page.getByText("等了很久还没有定位到")).toBeVisible();
  await noBarriers(page);
});

test.describe("with a bad line", () => {
  test.use({ tolerated: [/net::ERR_FAILED|status of 50[03]/] });

  /** The server gets the next check-in, but the phone does not get the answer. */
  const loseAnswer = (page) =>
    page.route(
      "**/api/attendance/check_in",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );

  test("pressing twice and a lost answer make one record @phone", async ({ page, demo }) => {
    const { trainee, centre } = await begin(page, demo);
    await stand(page, from(centre, 60));
    const sent = [];
    page.on("request", (request) => request.url().endsWith("/api/attendance/check_in") && sent.push(request.postData()));
    await loseAnswer(page);
    await button(page).dblclick();
    await expect(page.getByText("网络断了，还没有收到结果")).toBeVisible();
    await noBarriers(page);
    expect(sent).toHaveLength(1);
    expect(await recorded(trainee)).toHaveLength(1);

    await page.getByRole("button", { name: "现在重试" }).click();
    await expect(page.getByText("这一次之前已经收到了，没有重复记录。")).toBeVisible();
    await expect(done(page)).toBeVisible();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
    expect(await recorded(trainee)).toHaveLength(1);
  });

  test("a check-in without an answer survives a reload @phone", async ({ page, demo }) => {
    const { trainee, centre } = await begin(page, demo);
    await stand(page, from(centre, 1_200));
    await button(page).click();
    await page.getByRole("button", { name: "说明原因后提交" }).click();
    await page.getByRole("dialog").getByLabel("原因").fill("到仓库盘点");
    await loseAnswer(page);
    await page.getByRole("dialog").getByRole("button", { name: "提交，等单位确认" }).click();
    await expect(page.getByText("网络断了，还没有收到结果")).toBeVisible();
    await page.reload();
    await expect(page.getByText("上一次签到还没有收到结果")).toBeVisible();
    await page.getByRole("button", { name: "现在重试" }).click();
    await expect(page.getByText("这一次之前已经收到了，没有重复记录。")).toBeVisible();
    expect(await recorded(trainee)).toMatchObject([{ verdict: "outside", state: "waiting", reason: "到仓库盘点" }]);
  });

  for (const [status, body, says] of [
    [503, '"Unavailable"', /服务器正忙/],
    [500, '{"Internal":{"reference":"AB12CD"}}', /编号 AB12CD/],
    [500, "<html>not our JSON</html>", /服务器正忙|出了点问题/],
  ]) {
    test(`a server that answers ${status} ${body.slice(0, 12)} does not lose the check-in @phone`, async ({ page, demo }) => {
      const { trainee, centre } = await begin(page, demo);
      await stand(page, from(centre, 60));
      await page.route("**/api/attendance/check_in", (route) => route.fulfill({ status, body, contentType: body.startsWith("<") ? "text/html" : "application/json" }), { times: 1 });
      await button(page).click();
      await expect(page.getByText("还没有收到结果")).toBeVisible();
      await expect(page.getByText(says)).toBeVisible();
      expect(await recorded(trainee)).toEqual([]);
      await page.getByRole("button", { name: "现在重试" }).click();
      await expect(done(page)).toBeVisible();
      expect(await recorded(trainee)).toHaveLength(1);
    });
  }
});

test("before the first day the button waits and says until when @phone", async ({ page, demo }) => {
  const operator = await clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
  const trainee = await traineeAt(demo, operator, { starts_on: "2026-12-01", ends_on: "2027-03-31" });
  await trainee.open(page, "/today");
  await expect(page.getByText("见习从 12月1日 周二 开始，到那天再来签到。")).toBeVisible();
  await expect(page.getByRole("button", { name: /^暂不能签/ })).toHaveAttribute("aria-disabled", "true");
  await noBarriers(page);
});

test("without the consent nothing is asked of the phone, and giving it opens the button @phone", async ({ page, demo }) => {
  const { centre } = await begin(page, demo, { person: newcomer({ consent_sensitive: "" }) });
  await stand(page, from(centre, 30));
  await expect(button(page)).toHaveCount(0);
  await expect(page.getByText("签到前，请先同意使用定位")).toBeVisible();
  await noBarriers(page);
  await page.getByRole("button", { name: "同意使用定位" }).click();
  await button(page).click();
  await expect(done(page)).toBeVisible();
});

test("a phone whose clock is wrong by minutes is recorded, and the host looks at it @phone", async ({ page, demo }) => {
  const { trainee, centre } = await begin(page, demo);
  await stand(page, from(centre, 30));
  await page.clock.setSystemTime(demo.now() + 10 * 60_000);
  await button(page).click();
  await expect(page.getByText(/^已记录 · \d\d:\d\d，等单位确认$/)).toBeVisible();
  expect(await recorded(trainee)).toMatchObject([{ verdict: "inside", state: "waiting" }]);
});

test("今天 has no barriers on a larger screen", async ({ page, demo }) => {
  await begin(page, demo);
  await expect(button(page)).toBeVisible();
  await noBarriers(page);
});
