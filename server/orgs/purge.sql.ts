import { withTenant } from "@/server/db/tenant";

/** What can be large, in an order in which no row waits for rows that refer to it. The rest goes with the org itself. */
const largeTables = [
  "usage_facts",
  "cost_facts",
  "held_usage_facts",
  "held_cost_facts",
  "usage_daily",
  "cost_daily",
  "usage_spans",
  "cost_spans",
  "usage_priced_daily",
  "fact_packs",
  "restatements",
  "series",
  "directory_items",
  "sync_run_streams",
  "sync_runs",
] as const;

/** Deletes one batch of an org's rows, in a transaction of its own. @returns whether there were any */
export async function deleteBatch(orgId: string, batchSize: number): Promise<boolean> {
  for (const table of largeTables) {
    const count = await withTenant(orgId, (db) =>
      db.$executeRawUnsafe(
        `delete from ${table} where ctid = any (array(select ctid from ${table} where org_id = $1::uuid limit $2::int))`,
        orgId,
        batchSize,
      ),
    );
    if (count > 0) return true;
  }
  return false;
}
