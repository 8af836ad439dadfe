// The last lines of a run: each failure's first words, for whoever sees only the end of a long log.
const plain = (text) => text.replaceAll(/\u001b\[[0-9;]*m/g, "");

export default class InShort {
  #failed = [];

  onTestEnd(test, result) {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    const [, device, file, ...title] = test.titlePath();
    const error = plain(result.error?.message ?? result.status).split("\n").filter((line) => line.trim());
    const place = result.error?.location ? `:${result.error.location.line}` : "";
    this.#failed.push([`✗ ${device} ${file}${place} › ${title.join(" › ")}`, ...error.slice(0, 12).map((line) => `    ${line}`)]);
  }

  onEnd() {
    if (this.#failed.length === 0) return;
    console.log(`\nFailed, in short:\n${this.#failed.map((lines) => lines.join("\n")).join("\n")}\n`);
  }

  printsToStdio() {
    return false;
  }
}
