// The main story, told once from end to end on two devices: registered on a phone, taken on at a tablet, at work in the
// fence, seen by the host a moment later, and the week complete on the second day. Runs on both databases.
import { verify } from "../harness/client.mjs";
import { newcomer } from "../harness/people.mjs";
import { awake, checkIn, expect, from, noBarriers, position, signInAs, test, visit } from "../harness/test.mjs";

test.use({ world: "story" });

/** Where the new site is: the coordinates as 高德地图 shows them, and the same place as a phone finds it. */
const TYPED = "106.6345, 26.6433";
const FRIDAY = Date.parse("2026-11-20T08:55:00+08:00");

const next = (phone) => phone.getByRole("button", { name: "下一步" }).click();

async function register(phone, person) {
  await visit(phone, "/");
  await phone.getByRole("link", { name: "我要参加见习" }).click();
  await expect(phone.getByRole("heading", { level: 2, name: "本人信息" })).toBeVisible();
  await noBarriers(phone);
  await phone.getByLabel("姓名").fill(person.name);
  await phone.getByLabel("身份证号").fill(person.id_card);
  await phone.getByLabel("手机号").fill(person.phone);
  await next(phone);
  await expect(phone.getByRole("heading", { level: 2, name: "身份类别" })).toBeFocused();
  await phone.getByRole("radio", { name: /^离校未就业/ }).check();
  await phone.getByLabel("毕业学校").fill(person.school);
  await phone.getByLabel("毕业证上的日期").fill(person.diploma_date);
  await noBarriers(phone);
  await next(phone);
  await phone.getByLabel(/^省/).selectOption("贵州省");
  await phone.getByLabel(/^市/).selectOption("铜仁市");
  await phone.getByLabel(/^县/).selectOption("石阡县");
  await phone.getByLabel("详细地址").fill(person.residence_detail);
  await noBarriers(phone);
  await next(phone);
  await phone.getByLabel("设置密码").fill(person.password);
  await phone.getByRole("checkbox", { name: /隐私说明/ }).check();
  await phone.getByRole("checkbox", { name: /使用我的位置和银行卡信息/ }).check();
  await noBarriers(phone);
  await phone.getByRole("button", { name: "提交登记" }).click();
  await phone.waitForURL("**/today");
  await awake(phone);
}

async function addSite(tablet, name) {
  await tablet.getByRole("link", { name: "签到地点" }).click();
  await tablet.getByRole("link", { name: "添加签到地点" }).first().click();
  await tablet.getByLabel("地点名称").fill(name);
  await tablet.getByLabel("坐标", { exact: true }).fill(TYPED);
  await tablet.getByRole("radio", { name: /高德/ }).check();
  await tablet.getByRole("slider").fill("250");
  await noBarriers(tablet);
  await tablet.getByRole("button", { name: "添加地点" }).click();
  await expect(tablet.getByText(`已添加 ${name}`)).toBeVisible();
}

async function takeOn(tablet, person, site) {
  await tablet.getByRole("link", { name: "录入见习人员" }).click();
  await tablet.getByLabel("姓名").fill(person.name);
  await tablet.getByLabel("本人手机号").fill(person.phone);
  await tablet.getByLabel("岗位名称").fill("数据标注");
  await tablet.getByLabel("签到地点").selectOption(site);
  await tablet.getByLabel("开始日期").fill("2026-11-19");
  await tablet.getByRole("button", { name: "6 个月" }).click();
  await tablet.getByLabel("每月生活费").fill("2100");
  await noBarriers(tablet);
  await tablet.getByRole("button", { name: "录入", exact: true }).click();
  await expect(tablet.getByRole("heading", { name: `已录入 ${person.name}` })).toBeVisible();
}

async function confirm(phone, site, prove) {
  await phone.reload();
  await awake(phone);
  await expect(phone.getByRole("region", { name: "等你确认的见习邀请" })).toContainText("数据标注");
  await noBarriers(phone);
  await phone.getByRole("link", { name: /查看并答复/ }).click();
  for (const words of ["¥2,100.00", "2026年11月19日", "2027年5月18日", "6 个月", site, "你应当得到"]) {
    await expect(phone.getByText(words).first()).toBeVisible();
  }
  await noBarriers(phone);
  // Nothing can be confirmed before the county has proven who this is, and the page says so.
  await expect(phone.getByText(/实名认证还在石阡县.*审核/)).toBeVisible();
  await expect(phone.getByRole("button", { name: "确认参加见习" })).toHaveCount(0);
  await phone.getByRole("link", { name: "看实名认证" }).click();
  await expect(phone.getByRole("region", { name: "认证进度" })).toContainText("最迟 12月3日 办结");
  await noBarriers(phone);
  await prove();
  await phone.getByRole("button", { name: "看看有没有结果" }).click();
  await expect(phone.getByText("可以确认见习邀请了")).toBeVisible();
  await phone.getByRole("link", { name: "回到今天" }).click();
  await phone.getByRole("link", { name: /查看并答复/ }).click();
  await phone.getByRole("button", { name: "确认参加见习" }).click();
  await expect(phone.getByText("你已确认参加这份见习")).toBeVisible();
  await noBarriers(phone);
  await phone.getByRole("link", { name: "回到今天" }).click();
}

async function openBoard(tablet, name) {
  await tablet.getByRole("link", { name: "考勤看板" }).click();
  await expect(tablet.getByText("在线", { exact: true })).toBeVisible();
  return tablet.getByRole("row").filter({ hasText: name });
}

test("registered on a phone, taken on at a tablet, checked in, and seen by the host at once @story @phone", async ({ page: phone, demo, another }) => {
  test.setTimeout(180_000);
  const person = newcomer();
  const site = "会展城西门";
  const operator = demo.person({ role: "operator", login: "guizhou.operator" });
  await register(phone, person);
  await expect(phone.getByText("还没有见习单位")).toBeVisible();
  await expect(phone.getByText("实名认证：人工审核中")).toBeVisible();
  await noBarriers(phone);

  const tablet = await another("tablet");
  await signInAs(tablet, demo, operator);
  await addSite(tablet, site);
  await takeOn(tablet, person, site);
  await confirm(phone, site, () => verify(demo, person));
  const row = await openBoard(tablet, person.name);
  await expect(row).toContainText("0 / 2");

  // Thursday: inside the fence, and on the board without a reload.
  const fence = await phone.evaluate(async () => (await (await fetch("/api/attendance/today")).json()).internship.sites[0]);
  const [latitude, longitude] = fence.centre.map((e7) => e7 / 1e7);
  const desk = from({ latitude, longitude }, 83);
  await position(phone.context(), desk.latitude, desk.longitude, 12);
  await checkIn(phone);
  await expect(phone.getByText("已计入本周，本周还差 1 次，要换一天再签。")).toBeVisible();
  await expect(row).toContainText("1 / 2");
  await expect(tablet.getByRole("listitem").filter({ hasText: `${person.name} 签到` })).toContainText("范围内");
  await noBarriers(tablet);
  await tablet.close();

  // Friday: the page that stayed open in the pocket notices the new day, and the second day completes the week.
  const night = FRIDAY - demo.now();
  await demo.travel(FRIDAY);
  await phone.clock.fastForward(night);
  await expect(phone.getByRole("button", { name: /^签到/ })).toBeVisible();
  await expect(phone.getByText(/^签到成功/)).toHaveCount(0);
  const morning = await another("tablet");
  await signInAs(morning, demo, operator);
  const again = await openBoard(morning, person.name);
  await expect(again).toContainText("1 / 2");
  await checkIn(phone);
  await expect(phone.getByText("已计入本周，本周已达标。")).toBeVisible();
  await expect(phone.getByText("本周已达标", { exact: true })).toBeVisible();
  await expect(again).toContainText("2 / 2");

  await phone.getByRole("link", { name: "签到记录" }).click();
  await expect(phone.getByRole("listitem").filter({ hasText: "范围" }).or(phone.getByText("达标", { exact: true })).first()).toBeVisible();
  await expect(phone.getByText(new RegExp(`${site} · 83 米 · ±12 米`))).toHaveCount(2);
  await noBarriers(phone);
});
