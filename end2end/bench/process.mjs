// What a running server costs, from /proc: the steadiest figure on a noisy machine is CPU time.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** CPU seconds (user and system, all threads) in a line of /proc/<pid>/stat. */
export function cpuSecondsIn(stat, ticksPerSecond = TICKS) {
  // The program's name stands in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond; // utime and stime, fields 14 and 15 of proc(5)
}

export const cpuSeconds = (pid) => cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, "utf8"));

/** Resident memory in bytes. */
export function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}
