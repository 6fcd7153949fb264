import fs from "node:fs";

/** Megabytes of a process that are in memory now. */
export const residentMb = (pid: number) => megabytes(pid, "VmRSS");

/** The most since the process started or `restartPeak` was called. */
export const peakMb = (pid: number) => megabytes(pid, "VmHWM");

/** Has Linux count the peak anew. Source: proc_pid_clear_refs(5). */
export const restartPeak = (pid: number) => fs.writeFileSync(`/proc/${pid}/clear_refs`, "5");

function megabytes(pid: number, field: "VmRSS" | "VmHWM"): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
  if (kib === undefined) throw new Error(`no ${field} of process ${pid}`);
  return Math.round((Number(kib) * 1024) / 1e6);
}
