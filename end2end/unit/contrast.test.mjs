// Every colour of text keeps 4.5:1 on every background that it is used on, in light and in dark (style/tokens.css).
// Run: node --test end2end/unit/
import {test} from "node:test";
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";

const css = readFileSync(new URL("../../style/tokens.css", import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");
const tokens = (block) => Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,8})/g)].map(([, name, value]) => [name, value]));
const [light, media, dark] = [...css.matchAll(/:root[^{]*\{([^}]*)\}/g)].map(([, block]) => tokens(block));

/** Text → its backgrounds. */
const USED = {
  ink: ["bg", "surface", "surface-2", "brand-soft", "thumb", "plain-soft"],
  "ink-2": ["bg", "surface", "surface-2", "plain-soft", "track"],
  "ink-3": ["bg", "surface", "surface-2", "brand-soft"],
  brand: ["bg", "surface", "surface-2"],
  "brand-ink": ["brand"],
  "brand-deep": ["brand-soft", "surface"],
  ok: ["ok-soft", "surface"],
  warn: ["warn-soft", "surface"],
  bad: ["bad-soft", "surface"],
  info: ["info-soft", "surface"],
  surface: ["bad"],
  "top-ink": ["top-1", "top-2"],
  "top-2nd": ["top-1", "top-2"],
  "rail-ink": ["rail", "rail-on"],
  "rail-on-ink": ["rail", "rail-on"],
  "punch-ink": ["punch-2", "punch-3"],
};

function luminance(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

for (const [name, scheme] of Object.entries({light, dark})) {
  test(`text in ${name} keeps 4.5:1`, () => {
    for (const [text, grounds] of Object.entries(USED)) {
      for (const ground of grounds) {
        const ratio = contrast(scheme[text], scheme[ground]);
        assert.ok(ratio >= 4.5, `--${text} on --${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`borders of controls in ${name} keep 3:1`, () => {
    for (const ground of ["surface", "bg"]) assert.ok(contrast(scheme.edge, scheme[ground]) >= 3, `--edge on --${ground}`);
  });
}

test("the dark list stands twice and both are equal", () => {
  assert.deepEqual(media, dark);
  assert.deepEqual(Object.keys(dark).filter((name) => !(name in light)), []);
});
