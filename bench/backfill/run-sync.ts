// One run in a process of its own, as a worker executes it; prints what it took. Arguments: org id, run id, now.
import { accessAsSystem } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { env } from "@/server/env";
import { executeRun } from "@/server/sync/execute-run";
import type { SyncCost } from "@/bench/backfill/sync";

const [orgId = "", runId = "", now = ""] = process.argv.slice(2);
const frozenAt = Date.parse(now);

const access = await accessAsSystem({ id: orgId }, { type: "job", id: "sync.run" });
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
let ticks = 0;
const result = await executeRun(access, runId, {
  concurrency: env().SYNC_CONCURRENCY,
  // The sandbox's clock stands still; the product's moves on by the millisecond.
  now: () => new Date(frozenAt + ticks++),
});
const ms = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
await closeDatabase();
const cost: SyncCost = {
  result,
  ms,
  cpuMs: (cpu.user + cpu.system) / 1000,
  peakRssMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
};
console.log(JSON.stringify(cost));
