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

const CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** A unified social credit code (GB 32100) of a unit that does not exist. */
export function creditCode(sequence) {
  const body = `91520623MA${String(sequence).padStart(7, "0")}`;
  const sum = [...body].reduce((total, letter, at) => total + CREDIT.indexOf(letter) * (3 ** at % 31), 0);
  return body + CREDIT[(31 - (sum % 31)) % 31];
}

/** What the operator of a new unit in 石阡 types to register it. */
export function newUnit(changes = {}) {
  made += 1;
  return {
    name: `石阡县泉茶${made}号茶业有限公司`,
    credit_code: creditCode(7000 + made),
    division: "520623",
    address: "中坝街道平安路 12 号",
    legal_representative: "王建国",
    operator: "罗敏",
    phone: `1370000${String(1000 + made)}`,
    login: `quancha.op${made}`,
    password: "zhaozao-shang-ban-7",
    consent_privacy: "on",
    ...changes,
  };
}
