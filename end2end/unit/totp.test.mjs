import assert from "node:assert/strict";
import { test } from "node:test";
import { base32, codeOfStep, stepAt } from "../harness/totp.mjs";

// RFC 6238, appendix B (SHA-1), last six of the eight digits; the secret is the ASCII text 12345678901234567890.
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("the codes of RFC 6238 appendix B", () => {
  for (const [seconds, code] of [[59, "287082"], [1111111109, "081804"], [1234567890, "005924"], [20000000000, "353130"]]) {
    assert.equal(codeOfStep(SECRET, stepAt(seconds * 1000)), code);
  }
});

test("a secret as people type it", () => {
  assert.deepEqual(base32("gezd gnbv gy3t qojq"), Buffer.from("1234567890"));
  assert.throws(() => base32("0189"), /not base32/);
});
