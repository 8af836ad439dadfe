// 实名认证 by hand: the county could not reach somebody by telephone and asks for photos of the ID card; they come from the
// phone, and the reviewer compares them.
import { Client, clientOf } from "../harness/client.mjs";
import { expect, noBarriers, test } from "../harness/test.mjs";

const REASON = "电话没有打通，请上传身份证两面的照片";

/** A photo with these words on it, as a camera would make it. */
async function photo(page, words) {
  const easel = await page.context().newPage();
  await easel.setContent(`<h1 style="font-size:48px;text-align:center">${words}</h1>`);
  const buffer = await easel.screenshot({ type: "jpeg", clip: { x: 0, y: 0, width: 390, height: 246 } });
  await easel.close();
  return { name: `${words}.jpg`, mimeType: "image/jpeg", buffer };
}

/** The county's reviewer, and the open case about somebody. */
async function caseAbout(demo, { name }) {
  const reviewer = await clientOf(demo, demo.person({ role: "reviewer", login: "guizhou.reviewer.shiqian" }));
  const { rows } = await reviewer.ask(`/api/review/queue?kind=person_identity&search=${encodeURIComponent(name)}`);
  return { reviewer, row: rows.find(({ subject }) => subject === name) };
}

/** Somebody new in 石阡 whom the county asked for photos. */
async function askedForPhotos(demo) {
  const trainee = await new Client(demo).register();
  const { reviewer, row } = await caseAbout(demo, trainee.person);
  const form = { verdict: "return", reason: REASON, fields: ["id_card_photos"] };
  await reviewer.ask("/api/review/decide", { id: row.id, version: row.version, form });
  return trainee;
}

/** Hands one side in and waits until it is there. */
async function handIn(page, side) {
  await page.getByLabel(`选择文件：身份证${side}`).setInputFiles(await photo(page, side));
  await expect(page.getByRole("button", { name: `删除 ${side}.jpg` })).toBeVisible();
}

test("asked for photos, somebody sends both sides from the phone, and is verified by them", { tag: "@phone" }, async ({ page, demo, another }) => {
  test.slow();
  const trainee = await askedForPhotos(demo);
  const { person } = trainee;
  await trainee.open(page, "/messages");
  await page.getByRole("link", { name: /个人实名认证被退回，请修改/ }).click();
  await page.waitForURL("**/me/identity");
  await expect(page.getByText(REASON)).toBeVisible();
  await expect(page.getByText("请补正", { exact: true })).toBeVisible();
  await expect(page.getByLabel("姓名"), "only what was asked for opens").toHaveCount(0);
  await expect(page.getByText("拍照").first(), "the phone's camera is offered").toBeVisible();
  const again = page.getByRole("button", { name: "改好了，重新提交" });
  await handIn(page, "人像面");
  await again.click();
  await expect(page.getByText("请上传身份证国徽面（有国徽的一面）").last(), "one side proves nothing").toBeVisible();
  await noBarriers(page);
  await handIn(page, "国徽面");
  await again.click();
  await expect(page.getByText(/石阡县人力资源和社会保障局正在审核，最迟/)).toBeVisible();
  await expect(again).toHaveCount(0);
  await noBarriers(page);

  const desk = await another("desk");
  const { reviewer, row } = await caseAbout(demo, person);
  await reviewer.open(desk, `/cases?case=${row.id}`);
  const card = desk.getByRole("region", { name: person.name });
  for (const side of ["人像面", "国徽面"]) {
    await card.getByRole("button", { name: new RegExp(`身份证${side}`) }).click();
    const picture = desk.getByRole("img", { name: new RegExp(`${side}\\.jpg`) });
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
    if (side === "人像面") await noBarriers(desk);
    await desk.keyboard.press("Escape");
    await expect(picture).toBeHidden();
  }
  await card.getByRole("button", { name: "通过", exact: true }).click();
  await card.getByRole("radio", { name: /核对身份证照片/ }).check();
  await card.getByLabel("核实经过").fill("照片上的姓名、号码和住址与登记一致，有效期内");
  await card.getByRole("button", { name: "通过", exact: true }).click();
  await expect(desk.getByText(`${person.name}：已通过。`)).toBeVisible();
  await card.getByText(/^办理记录/).click();
  await expect(card.getByText("核对上传的身份证照片")).toBeVisible();

  await page.getByRole("button", { name: "看看有没有结果" }).click();
  await expect(page.getByText("已认证")).toBeVisible();
  await expect(page.getByRole("link", { name: "回到今天" })).toBeVisible();
  await noBarriers(page);
});

test("a side that is handed in is no longer asked for", { tag: "@phone" }, async ({ page, demo }) => {
  await (await askedForPhotos(demo)).open(page, "/me/identity");
  await page.getByRole("button", { name: "改好了，重新提交" }).click();
  await expect(page.getByRole("group", { name: "身份证人像面" }).getByText(/请上传/)).toBeVisible();
  await handIn(page, "人像面");
  await expect(page.getByText("请上传身份证人像面（有照片的一面）")).toHaveCount(0);
});
