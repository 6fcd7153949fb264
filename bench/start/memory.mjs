import fs from "node:fs";

/** How the product's processes are told apart by their command lines. */
const programs = {
  web: /next-server|next\/dist\/bin\/next/,
  worker: /workers\/main\.ts/,
  sandbox: /sandbox\/main\.ts/,
  "start script": /scripts\/start\.mjs|npm start/,
};

/**
 * Resident memory in MB of the programs among a process's descendants; {} where there is no /proc.
 * @param {number} pid
 * @returns {Record<string, number>}
 */
export function memoryByProgram(pid) {
  if (!fs.existsSync("/proc/self/statm")) return {};
  const sums = {};
  for (const descendant of descendantsOf(pid)) {
    const command = read(`/proc/${descendant}/cmdline`).replaceAll("\0", " ");
    const name = Object.keys(programs).find((program) => programs[program].test(command));
    const rss = Number(read(`/proc/${descendant}/status`).match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? 0);
    if (name) sums[name] = (sums[name] ?? 0) + Math.round((rss * 1024) / 1e6);
  }
  return sums;
}

function descendantsOf(pid) {
  const parents = new Map();
  for (const entry of fs.readdirSync("/proc")) {
    const parent = Number(read(`/proc/${entry}/stat`).split(") ").at(-1)?.split(" ")[1]);
    if (/^\d+$/.test(entry) && parent) parents.set(Number(entry), parent);
  }
  const wanted = new Set([pid]);
  for (let before = 0; before < wanted.size; ) {
    before = wanted.size;
    for (const [child, parent] of parents) if (wanted.has(parent)) wanted.add(child);
  }
  return wanted;
}

/** A process may be gone by the time it is looked at. */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
