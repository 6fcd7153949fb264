import fs from "node:fs";

const TICK_MS = 10;

/**
 * Milliseconds of processor time that a process and all it started have used, those that ended included; null where
 * there is no /proc.
 */
export function cpuMsOfTree(pid: number): number | null {
  if (!fs.existsSync("/proc/self/stat")) return null;
  const processes = fs.readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const fields = fs.readFileSync(`/proc/${entry}/stat`, "utf8").split(") ").at(-1)?.split(" ").map(Number) ?? [];
      const [, parent = 0] = fields;
      const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + (fields[field] ?? 0), 0);
      return [{ pid: Number(entry), parent, ticks }];
    } catch {
      return []; // it ended while we were looking
    }
  });
  const wanted = new Set([pid]);
  for (let before = 0; before < wanted.size; ) {
    before = wanted.size;
    for (const { pid: child, parent } of processes) if (wanted.has(parent)) wanted.add(child);
  }
  return processes.reduce((sum, process) => sum + (wanted.has(process.pid) ? process.ticks * TICK_MS : 0), 0);
}
