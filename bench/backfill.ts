// A back-fill of a year against the sandbox: calls against the fewest there can be, time against the wait for the
// provider, and how a limit of 60 calls a minute is kept.
import { leastCalls } from "@/bench/backfill/least-calls";
import { startSandboxProcess } from "@/bench/backfill/sandbox";
import { type SyncCost, syncOnce } from "@/bench/backfill/sync";
import { startDatabase } from "@/bench/lib/database";
import { cpuMsOfTree } from "@/bench/lib/cpu";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { median } from "@/bench/lib/statistics";
import { runMain } from "../scripts/lib/run-main.mjs";

const DAYS = 365;
const LATENCY_MS = 50;
/** The default. */
const CONCURRENCY = 2;
const REPEATS = 3;
const NOW = "2026-11-20T12:00:00Z";
const PACED_DAYS = 62;
const PER_MINUTE = 60;

await runMain(async ({ defer }) => {
  const database = await startDatabase(defer);
  process.env.SYNC_CONCURRENCY = String(CONCURRENCY);
  const sandbox = await startSandboxProcess(defer, { historyDays: 400, now: NOW });
  const cpuOf = () => ({ database: cpuMsOfTree(database.pid) ?? 0, sandbox: cpuMsOfTree(sandbox.pid) ?? 0 });

  const unpaced = async (granularity: "day" | "hour") => {
    const runs: (SyncCost & {
      calls: number;
      least: number;
      waitMs: number;
      databaseCpuMs: number;
      sandboxCpuMs: number;
    })[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      await sandbox.latency(LATENCY_MS);
      await sandbox.resetStats();
      const before = cpuOf();
      const cost = await syncOnce(sandbox, { kind: "backfill", days: DAYS, granularity, now: NOW });
      const after = cpuOf();
      const { total: calls, calls: byPath } = await sandbox.stats();
      const least = leastCalls({ byPath, days: DAYS, granularity, now: NOW });
      const waitMs = (calls * LATENCY_MS) / CONCURRENCY;
      runs.push({
        calls,
        least,
        waitMs,
        ...cost,
        databaseCpuMs: after.database - before.database,
        sandboxCpuMs: after.sandbox - before.sandbox,
      });
    }
    const of = (pick: (run: (typeof runs)[number]) => number) => median(runs.map(pick));
    return {
      granularity,
      calls: of((run) => run.calls),
      "of the least": round(of((run) => run.calls / run.least)),
      "wait s": round(of((run) => run.waitMs) / 1000),
      "wall s": round(of((run) => run.ms) / 1000),
      "wall / wait": round(of((run) => run.ms / run.waitMs)),
      "CPU s worker": round(of((run) => run.cpuMs) / 1000),
      database: round(of((run) => run.databaseCpuMs) / 1000),
      sandbox: round(of((run) => run.sandboxCpuMs) / 1000),
      "peak MB": Math.round(of((run) => run.peakRssMb)),
    };
  };

  const rows = [await unpaced("day"), await unpaced("hour")];
  printTable(
    `Back-fill of ${DAYS} days, all streams, ${LATENCY_MS} ms a call, ${CONCURRENCY} at once, medians of ${REPEATS}`,
    rows,
  );
  const paced = await pacedSync();
  printTable(`Back-fill of ${PACED_DAYS} days at ${PER_MINUTE} calls a minute`, [paced]);

  return report(
    "backfill",
    [
      ...rows.flatMap((row) => [
        atMost(`calls by ${row.granularity}, of the least possible`, row["of the least"], 1),
        atMost(`wall time by ${row.granularity}, of calls x latency / concurrency`, row["wall / wait"], 1.3),
      ]),
      atMost(`429s at ${PER_MINUTE} a minute`, paced["429s"], 5),
    ],
    { days: DAYS, latencyMs: LATENCY_MS, concurrency: CONCURRENCY, unpaced: rows, paced },
  );

  async function pacedSync() {
    await sandbox.latency(LATENCY_MS);
    await sandbox.rateLimit(PER_MINUTE, PER_MINUTE);
    await sandbox.resetStats();
    const cost = await syncOnce(sandbox, { kind: "trailing", days: PACED_DAYS, granularity: "hour", now: NOW });
    const { total, rateLimited } = await sandbox.stats();
    await sandbox.rateLimit(null);
    const accepted = total - rateLimited;
    return {
      "accepted calls": accepted,
      "429s": rateLimited,
      "wall s": round(cost.ms / 1000),
      "best s": round((Math.max(0, accepted - PER_MINUTE) / PER_MINUTE) * 60),
    };
  }
});
