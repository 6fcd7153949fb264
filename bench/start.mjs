// From a fresh clone to the first page, and again; what the processes weigh once they rest.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../scripts/lib/paths.mjs";
import { runMain } from "../scripts/lib/run-main.mjs";
import { startInstallation } from "./start/installation.mjs";
import { memoryByProgram } from "./start/memory.mjs";

const WARM_STARTS = 5;
const REST_MS = 20_000;

/** What the first start does one after another, each from the line that announces it to that of the next. */
const steps = [
  { name: "npm ci", from: /^Installing dependencies/ },
  { name: "database, migrations", from: /^added \d+ packages/ },
  { name: "database client", from: /Generating the database client/ },
  { name: "build", from: /Building the web application/ },
  { name: "services to first page", from: /Starting …/ },
];

const { printTable, report, round } = await import("./lib/report.ts");
const { temporaryDirectory } = await import("./lib/database.ts");
const { median } = await import("./lib/statistics.ts");

await runMain(async ({ defer }) => {
  const dir = temporaryDirectory(defer);
  const checkout = path.join(dir, "tollkeeper");
  const home = path.join(dir, "home");
  execFileSync("git", ["clone", "--quiet", root, checkout]);

  const first = await startInstallation({ checkout, home, defer });
  await first.stop();
  const warm = [];
  const memory = [];
  for (let start = 0; start < WARM_STARTS; start++) {
    const again = await startInstallation({ checkout, home, defer });
    await sleep(REST_MS);
    memory.push(memoryByProgram(again.pid));
    warm.push({ firstPageMs: again.firstPageMs, stopMs: await again.stop() });
  }

  const cold = stepsOf(first);
  printTable("The first start of a fresh clone", cold);
  const seconds = (pick) => round(median(warm.map(pick)) / 1000);
  const again = {
    "first page s": seconds(({ firstPageMs }) => firstPageMs),
    "Ctrl-C s": seconds(({ stopMs }) => stopMs),
  };
  printTable(`Later starts, medians of ${WARM_STARTS}`, [again]);
  const atRest = Object.keys(memory[0] ?? {}).map((program) => ({
    program,
    "RSS MB": median(memory.map((sums) => sums[program] ?? 0)),
  }));
  printTable(`Memory ${REST_MS / 1000} s after a start`, atRest);
  return report("start", [], { cold, again, warm, atRest });
});

/** @param {import("./start/installation.mjs").Installation} first */
function stepsOf({ lines, firstPageMs }) {
  const begun = steps.flatMap(({ name, from }) => {
    const line = lines.find(({ text }) => from.test(text));
    return line ? [{ name, at: line.at }] : [];
  });
  const rows = begun.map(({ name, at }, i) => ({
    step: name,
    s: round(((begun[i + 1]?.at ?? firstPageMs) - at) / 1000),
  }));
  return [...rows, { step: "all, to the first page", s: round(firstPageMs / 1000) }];
}
