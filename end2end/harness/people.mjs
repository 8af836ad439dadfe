// People who do not exist: names, valid ID numbers (GB 11643) and telephone numbers that no demo person has.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const DIGITS = [..."零一二三四五六七八九"];
let made = 0;

/** An ID number of somebody born in 石阡 on this day, `YYYYMMDD`. */
export function idCard(birth, sequence) {
  const body = `522224${birth}${String(sequence).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + "10X98765432"[sum % 11];
}

/** What somebody new types to register as a graduate of this summer. */
export function newcomer(changes = {}) {
  made += 1;
  const number = [...String(100 + made)].map((digit) => DIGITS[Number(digit)]).join("");
  return {
    name: `安${number}`,
    id_card: idCard("20040615", 100 + made),
    phone: `1390000${String(1000 + made)}`,
    password: "zhaozao-shang-ban-7",
    kind: "graduate",
    school: "铜仁学院",
    diploma_date: "2026-06-24",
    unemployed_since: "",
    residence: "520623",
    residence_detail: "中坝街道平安路 12 号",
    consent_privacy: "on",
    consent_sensitive: "on",
    ...changes,
  };
}
