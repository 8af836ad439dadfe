// Numbers of a benchmark: the middle and the tail of many measurements, and the table that shows them to people.

/** The smallest value that at least this share (0…1) of the values does not exceed. */
export function quantile(values, share) {
  if (values.length === 0) throw new Error("no values were measured");
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => quantile(values, 0.5);

export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** Columns as wide as their content; Chinese characters take two. */
export function table(rows) {
  const width = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 2 : 1), 0);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(String(row[column])))));
  const line = (row) => row.map((cell, column) => String(cell) + " ".repeat(widths[column] - width(String(cell)))).join("  ").trimEnd();
  return rows.map(line).join("\n");
}

/**
 * One measured figure beside what it must keep to.
 * @typedef {{ name: string, value: string, budget: string, kept: boolean | null }} Figure  `kept` is null without a budget
 */

/** Prints all figures; the answer is whether every budget was kept. */
export function report(figures) {
  const mark = { true: "✓", false: "✗ over budget", null: "" };
  const rows = figures.map(({ name, value, budget, kept }) => [name, value, budget, mark[kept]]);
  console.log(`\n${table([["figure", "measured", "budget", ""], ...rows])}`);
  return figures.every(({ kept }) => kept !== false);
}
