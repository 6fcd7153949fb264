// Memory of web and worker, started as `npm start` starts them: at rest, and at its peak while the worker back-fills
// histories of different length and organizations of different size. It must not grow with them.
import { setTimeout as sleep } from "node:timers/promises";
import { type Sandbox, startSandboxProcess } from "@/bench/backfill/sandbox";
import { makeSandboxConnection } from "@/bench/backfill/sync";
import { startDatabase } from "@/bench/lib/database";
import { peakMb, residentMb, restartPeak } from "@/bench/lib/memory";
import { startProduct } from "@/bench/lib/product";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { timed } from "@/bench/lib/statistics";
import type { OrgAccess } from "@/server/auth/scope";
import { getRun } from "@/server/sync/list-runs";
import { startRun } from "@/server/sync/start-run";
import { runMain } from "../scripts/lib/run-main.mjs";

const LIMIT_MB = 400;
const REST_MS = 15_000;

type Case = { days: number; granularity: "day" | "hour"; scale: 1 | 3; organizations: number };

const cases: Case[] = [
  { days: 30, granularity: "day", scale: 1, organizations: 1 },
  { days: 365, granularity: "day", scale: 1, organizations: 1 },
  { days: 730, granularity: "day", scale: 1, organizations: 1 },
  { days: 30, granularity: "hour", scale: 1, organizations: 1 },
  { days: 365, granularity: "hour", scale: 1, organizations: 1 },
  { days: 730, granularity: "hour", scale: 1, organizations: 1 },
  { days: 365, granularity: "hour", scale: 3, organizations: 1 },
  { days: 180, granularity: "hour", scale: 1, organizations: 4 },
];

await runMain(async ({ defer }) => {
  const database = await startDatabase(defer);
  const sandboxes = {
    1: await startSandboxProcess(defer, { historyDays: 760 }),
    3: await startSandboxProcess(defer, { historyDays: 400, scale: 3 }),
  };
  const { web, worker } = await startProduct(defer, database);
  await sleep(REST_MS);
  const rest = { web: residentMb(web.pid), worker: residentMb(worker.pid) };

  const rows = [];
  for (const one of cases) {
    for (const process of [web, worker]) restartPeak(process.pid);
    const { ms } = await timed(() => backfill(sandboxes[one.scale], one));
    rows.push({
      "back-fill": caseName(one),
      "worker's peak MB": peakMb(worker.pid),
      "web's peak MB": peakMb(web.pid),
      "wall s": round(ms / 1000),
    });
    // What was not part of the case: the syncs that the schedule starts meanwhile.
    await database.owner.query("update connections set status = 'paused'");
  }
  printTable(
    `Memory in MB, resident: at rest web ${rest.web}, worker ${rest.worker}; while the worker back-fills`,
    rows,
  );
  return report(
    "memory",
    rows.map((row) => atMost(`worker's peak MB, ${row["back-fill"]}`, row["worker's peak MB"], LIMIT_MB)),
    { rest, rows },
  );
});

function caseName({ days, granularity, scale, organizations }: Case) {
  const size = scale === 1 ? "" : `, an organization ${scale} times as large`;
  return `${days} days by the ${granularity}${size}${organizations === 1 ? "" : `, ${organizations} at once`}`;
}

/** Runs the case's back-fills through the queue, to their end. */
async function backfill(sandbox: Sandbox, order: Case) {
  await Promise.all(
    Array.from({ length: order.organizations }, async () => {
      const { access, connectionId } = await makeSandboxConnection(sandbox, order);
      const { runId } = await access.inScope((scope) =>
        startRun(scope, { connectionId, kind: "backfill", trigger: "cli" }),
      );
      await finished(access, runId);
    }),
  );
}

async function finished(access: OrgAccess, runId: string) {
  for (;;) {
    const run = await access.inScope((scope) => getRun(scope, runId));
    if (run?.state === "succeeded") return;
    if (!run || run.finishedAt) throw new Error(`the run ended as ${run?.state}`);
    await sleep(250);
  }
}
