// Peak memory of a process that executes one run, by length of history: it must not grow with it.
import { startSandboxProcess } from "@/bench/backfill/sandbox";
import { syncOnce } from "@/bench/backfill/sync";
import { startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MB = 400;
const HISTORIES = [30, 730];

await runMain(async ({ defer }) => {
  await startDatabase(defer);
  const sandbox = await startSandboxProcess(defer, { historyDays: 760, scale: Number(process.env.BENCH_SCALE ?? 1) });
  const rows = [];
  for (const granularity of ["day", "hour"] as const) {
    for (const days of HISTORIES) {
      const nodeArgs = (process.env.BENCH_NODE_ARGS ?? "").split(" ").filter(Boolean);
      const cost = await syncOnce(sandbox, { kind: "backfill", days, granularity, nodeArgs });
      rows.push({
        granularity,
        days,
        "before MB": Math.round(cost.restingRssMb),
        "peak MB": Math.round(cost.peakRssMb),
        "wall s": round(cost.ms / 1000),
        "CPU s": round(cost.cpuMs / 1000),
      });
    }
  }
  printTable("Peak memory of the process that syncs", rows);
  return report(
    "memory",
    rows.map((row) => atMost(`peak MB of ${row.days} days by ${row.granularity}`, row["peak MB"], LIMIT_MB)),
    { rows },
  );
});
