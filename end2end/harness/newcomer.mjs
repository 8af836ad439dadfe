// Somebody who is not registered yet: made up, valid by every rule, and never the same person twice.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SURNAMES = [..."冉田杨罗吴石潘龙"];
const GIVEN = [..."一二三四五六七八九十"];
let made = 0;

/** An ID number of 铜仁 with this day of birth (`YYYY-MM-DD`) and a check character that fits (GB 11643). */
export function idCard(born, number) {
  const body = `522224${born.replaceAll("-", "")}${String(number % 1000).padStart(3, "0")}`;
  const sum = [...body].reduce((sum, digit, at) => sum + Number(digit) * WEIGHTS[at], 0);
  return body + "10X98765432"[sum % 11];
}

/** A graduate of this summer, as `RegisterForm` calls the fields. */
export function newcomer({ born = "2003-05-17", ...other } = {}) {
  made += 1;
  return {
    name: SURNAMES[made % SURNAMES.length] + GIVEN[made % GIVEN.length] + GIVEN[Math.floor(made / GIVEN.length) % GIVEN.length],
    id_card: idCard(born, made),
    phone: `139${String(made).padStart(8, "0")}`,
    password: "wujiang-daying-zhuchuan",
    kind: "graduate",
    school: "铜仁学院",
    diploma_date: "2026-06-20",
    residence: "520623",
    residence_detail: "中坝街道平安路 12 号",
    consent_privacy: "on",
    consent_sensitive: "on",
    ...other,
  };
}

/** Registers somebody without looking at the form; the page's context is then signed in as this person. */
export async function registered(page, person = newcomer()) {
  const answer = await page.context().request.post("/api/trainee/register", { form: person });
  if (!answer.ok()) throw new Error(`registration answered ${answer.status()}: ${await answer.text()}`);
  return { ...person, login: person.phone };
}

/** A host's operator, signed in on this page, takes somebody on; answers the offer's id. */
export function takeOn(operatorPage, { name, phone }) {
  return operatorPage.evaluate(
    async (person) => {
      const sites = await (await fetch("/api/site/list")).json();
      const form = { ...person, site: sites[0].id, post: "数据标注", starts_on: "2026-11-23", ends_on: "2027-05-22", allowance: "2100" };
      const answer = await fetch("/api/internship/offer", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ form }),
      });
      if (!answer.ok) throw new Error(`/api/internship/offer answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
    { name, phone },
  );
}
