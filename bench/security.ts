// What security costs: row level security and a transaction for each procedure, the check of a session, and how sign-in
// holds while fifty attackers guess.
import { startDatabase } from "@/bench/lib/database";
import { atLeast, atMost, printTable, report, round } from "@/bench/lib/report";
import { median, percentile } from "@/bench/lib/statistics";
import { measureAttack } from "@/bench/security/attack";
import { measureSessionCost } from "@/bench/security/session-cost";
import { added, measureTenantCost } from "@/bench/security/tenant-cost";
import { runMain } from "../scripts/lib/run-main.mjs";

const p95 = (values: readonly number[]) => percentile(values, 0.95);

await runMain(async ({ defer }) => {
  const database = await startDatabase(defer);
  const costs = await measureTenantCost(database, defer);
  const tenantRows = costs.map((cost) => ({
    query: cost.query,
    "alone ms": round(median(cost.plain)),
    "in a transaction": round(median(cost.transaction)),
    "bound to its org": round(median(cost.guarded)),
    // Of the quickest tenth: what it costs where nothing else wants the processor.
    "added (p10)": round(added(cost, 0.1)),
    "added (median)": round(added(cost, 0.5)),
    "alone p95": round(p95(cost.plain)),
    "bound p95": round(p95(cost.guarded)),
    "added (p95)": round(added(cost, 0.95)),
  }));
  printTable("A query as a procedure runs it, against the same query alone", tenantRows);

  const session = await measureSessionCost();
  const sessionRows = Object.entries(session).map(([what, ms]) => ({
    what,
    "p10 ms": round(percentile(ms, 0.1)),
    "median ms": round(median(ms)),
    "p95 ms": round(p95(ms)),
  }));
  printTable("What every request asks first", sessionRows);

  const attack = await measureAttack();
  const { refusalMs, owner, ...counts } = attack;
  const attackRow = {
    ...counts,
    "refused p95 ms": round(p95(refusalMs)),
    "owner signed in": `${owner.signedIn} of ${owner.tries}`,
    "owner p95 ms": round(p95(owner.ms)),
  };
  printTable("Fifty attackers at one account", [attackRow]);

  return report(
    "security",
    [
      ...costs.map((cost) => atMost(`p95 ms added to "${cost.query}"`, added(cost, 0.95), 1)),
      atMost("guesses that were compared", attack.checked, attack.allowed),
      atLeast("share of the owner's sign-ins that worked", owner.signedIn / owner.tries, 1),
    ],
    { tenant: tenantRows, session: sessionRows, attack: attackRow },
  );
});
