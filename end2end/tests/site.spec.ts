// 签到地点: where people check in, entered by standing there or by coordinates of any of the three kinds.
import { clientOf } from "../harness/client.mjs";
import { expect, movedTo, noBarriers, position, positionDenied, test } from "../harness/test.mjs";

test.use({ world: "site" });

const operatorOf = (demo) => clientOf(demo, demo.person({ role: "operator", login: "guizhou.operator" }));
const field = (page, name) => page.getByLabel(name, { exact: true });
const add = (page) => page.getByRole("button", { name: "添加地点" }).click();
const datum = (page, name) => page.getByRole("radio", { name }).check();
const GCJ = /高德、腾讯地图/;
const BD = /百度地图/;
const WGS = /手机定位 \/ 天地图/;

test("the sites stand with their fences and last check-ins, also as text", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/sites");
  const card = page.getByRole("article").filter({ hasText: "观山湖办公区" });
  await expect(card).toContainText("半径 300 米");
  await expect(card.getByRole("img", { name: /签到范围示意图，1 个范围，\d+ 次签到/ })).toBeVisible();
  await card.getByText("用文字看这张图").click();
  await expect(card.getByRole("row").first()).toContainText(/观山湖办公区以.+ \d+ 米，精度 ±\d+ 米/);
  await noBarriers(page);
});

test("the form has no barriers, empty and refused", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/sites/new");
  await noBarriers(page);
  await add(page);
  await expect(page.getByRole("alert").filter({ hasText: "还有几处需要改一下" })).toBeFocused();
  for (const sentence of ["请填写地点名称，例如“总部办公楼”", "请填写坐标，或者点“用我现在的位置”", "请选择坐标是从哪种地图来的"]) {
    await expect(page.getByText(sentence).last()).toBeVisible();
  }
  await noBarriers(page);
});

// The centres were computed apart from the product, by inverting the published GCJ-02 formula to the millimetre.
// 石阡: the three kinds of numbers name places that lie more than a fence apart.
for (const [kind, choice, centre] of [
  ["GCJ-02", GCJ, [27.5201, 108.2197]],
  ["BD-09", BD, [27.514, 108.2132]],
  ["WGS-84", WGS, [27.5168, 108.2239]],
] as const) {
  test(`coordinates in ${kind} become the place that a phone would find @tablet`, async ({ page, demo }) => {
    const operator = await operatorOf(demo);
    await operator.open(page, "/host/sites/new");
    const name = `石阡分点 ${kind}`;
    await field(page, "地点名称").fill(name);
    await field(page, "坐标").fill("27.5168, 108.2239");
    await expect(page.getByText("纬度 27.516800，经度 108.223900").first()).toBeVisible();
    await datum(page, choice);
    if (kind === "WGS-84") await expect(page.getByText("换算后")).toHaveCount(0);
    else await expect(page.getByText(/已按手机定位的标准换算/)).toBeVisible();
    await add(page);
    await expect(page.getByText(`已添加 ${name}`)).toBeVisible();
    await noBarriers(page);
    const site = (await operator.ask("/api/site/list")).find((it) => it.name === name);
    expect(site.centre.map((e7) => Math.round(e7 / 1e3) / 1e4)).toEqual([...centre]);
    expect(site).toMatchObject({ radius: 300, entered: "27.5168, 108.2239", datum: kind.replace("-", "").toLowerCase() });
  });
}

test("coordinates are understood as maps and people write them @tablet", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/sites/new");
  for (const pasted of [
    "27.5168,108.2239",
    "108.2239, 27.5168",
    "108.2239，27.5168",
    "北纬27.5168°，东经108.2239°",
    "(27.5168  108.2239)",
    "27.5168N 108.2239E",
    "经度：108.2239\t纬度：27.5168",
  ]) {
    await field(page, "坐标").fill("");
    await expect(page.getByText("识别为")).toHaveCount(0);
    await field(page, "坐标").fill(pasted);
    await expect(page.getByText("纬度 27.516800，经度 108.223900"), pasted).toBeVisible();
  }
});

test("what is no place in China is refused beside the field, and nothing is added @tablet", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  const before = (await operator.ask("/api/site/list")).length;
  await operator.open(page, "/host/sites/new");
  await field(page, "地点名称").fill("不存在的地方");
  await datum(page, WGS);
  for (const [typed, sentence] of [
    ["NaN, NaN", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["1e5, 2e5", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["27.5168", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["27.5168, 108.2239, 5", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["石阡县泉都街道", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["<script>alert(1)</script>", "坐标请填两个小数，例如 27.5163, 108.2234"],
    ["95.0, 200.0", /这个坐标不在中国范围内/],
    ["48.8566, 2.3522", /这个坐标不在中国范围内/],
  ] as const) {
    await field(page, "坐标").fill(typed);
    await add(page);
    await expect(field(page, "坐标"), typed).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText(sentence).last(), typed).toBeVisible();
  }
  expect(await operator.ask("/api/site/list")).toHaveLength(before);
});

test("standing there is enough: the best reading of some seconds fills the form @tablet", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  await operator.open(page, "/host/sites/new");
  await position(page.context(), 26.6462, 106.6291, 80);
  await page.getByRole("button", { name: "用我现在的位置" }).click();
  await expect(page.getByText(/正在定位，目前精度 ±80 米/)).toBeVisible();
  await movedTo(page.context(), 26.6463, 106.6292, 9);
  await expect(page.getByText("已用这台设备的位置，精度 ±9 米")).toBeVisible();
  await expect(field(page, "坐标")).toHaveValue("26.646300, 106.629200");
  await expect(page.getByRole("radio", { name: WGS })).toBeChecked();
  await page.getByText("用文字看这张图").click();
  await expect(page.getByText("这台设备定位的位置")).toBeVisible();
  await noBarriers(page);

  const radius = page.getByRole("slider", { name: "签到范围（半径）" });
  await radius.fill("450");
  await expect(radius).toHaveAttribute("aria-valuetext", "450 米");
  await radius.press("ArrowRight");
  await expect(radius).toHaveAttribute("aria-valuetext", "460 米");
  await field(page, "地点名称").fill("会展城东门");
  await page.reload();
  await expect(field(page, "地点名称")).toHaveValue("会展城东门");
  await expect(radius).toHaveValue("460");
  await add(page);
  await expect(page.getByText("已添加 会展城东门")).toBeVisible();
  const site = (await operator.ask("/api/site/list")).find((it) => it.name === "会展城东门");
  expect(site).toMatchObject({ radius: 460, centre: [266463000, 1066292000] });
});

test("a tablet without permission says what to do instead @tablet", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/sites/new");
  await positionDenied(page.context());
  await page.getByRole("button", { name: "用我现在的位置" }).click();
  await expect(page.getByText("浏览器没有定位权限")).toBeVisible();
  await expect(page.getByText(/再点一次；也可以从地图上复制坐标/)).toBeVisible();
  await noBarriers(page);
});

test("a rough position is taken with a warning @tablet", async ({ page, demo }) => {
  await (await operatorOf(demo)).open(page, "/host/sites/new");
  await position(page.context(), 26.6462, 106.6291, 180);
  await page.getByRole("button", { name: "用我现在的位置" }).click();
  await expect(page.getByText(/正在定位，目前精度 ±180 米/)).toBeVisible();
  await page.clock.fastForward(12_500);
  await expect(page.getByText("已用这台设备的位置，精度 ±180 米")).toBeVisible();
  await expect(page.getByText(/误差偏大/)).toBeVisible();
});

test.describe("names and colleagues", () => {
  test.use({ tolerated: [/status of 4(09|22)/] });

  test("a name that the host has already is refused beside the field @tablet", async ({ page, demo }) => {
    await (await operatorOf(demo)).open(page, "/host/sites/new");
    await field(page, "地点名称").fill("观山湖办公区");
    await field(page, "坐标").fill("26.6462, 106.6291");
    await datum(page, WGS);
    await add(page);
    await expect(field(page, "地点名称")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText("这个名称已经用过了，请换一个名称。").last()).toBeVisible();
  });

  test("when two change a site, the second reads what stands and decides anew @tablet", async ({ page, demo }) => {
    const operator = await operatorOf(demo);
    const form = { name: "两人都改的地点", coordinates: "26.65, 106.63", datum: "wgs84", radius: "300" };
    const id = await operator.ask("/api/site/add", { form });
    await operator.open(page, `/host/sites/${id}`);
    await expect(page.getByText("还没有人在这里见习")).toBeVisible();
    await operator.ask("/api/site/change", { id, version: 1, form: { ...form, name: "同事改过的地点", radius: "500" } });
    await page.getByRole("slider").fill("200");
    await page.getByRole("button", { name: "保存修改" }).click();
    await expect(page.getByText(/现在保存的是“同事改过的地点”，半径 500 米。您填的内容还在下面，确认无误后再保存一次。/)).toBeVisible();
    await expect(field(page, "地点名称")).toHaveValue("两人都改的地点");
    await noBarriers(page);
    expect(await operator.ask(`/api/site/get?id=${id}`)).toMatchObject({ name: "同事改过的地点", radius: 500, version: 2 });
    await page.getByRole("button", { name: "保存修改" }).click();
    await expect(page.getByText("已保存", { exact: true })).toBeVisible();
    expect(await operator.ask(`/api/site/get?id=${id}`)).toMatchObject({ name: "两人都改的地点", radius: 200, version: 3 });
  });
});

test("a change says how many people it affects @tablet", async ({ page, demo }) => {
  const operator = await operatorOf(demo);
  const site = (await operator.ask("/api/site/list")).find(({ people }) => people > 0);
  await operator.open(page, `/host/sites/${site.id}`);
  await expect(page.getByText(`保存后影响 ${site.people} 人`)).toBeVisible();
  await noBarriers(page);
});
