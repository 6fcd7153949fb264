import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { BenchDatabase, Defer } from "@/bench/lib/database";
import type { TenantConnection } from "@/server/db/tenant";
import { copyUsageRows } from "@/server/usage/copy-rows";
import type { UsageFacts } from "@/server/usage/normalise";

/**
 * What the machine can do at best with the same rows: no key, no index, no policy, nothing looked up; organization and
 * stream are defaults of their columns. The rows are encoded by the product's own code, while PostgreSQL reads them, on
 * both sides.
 */
export async function makeHeap(database: BenchDatabase, defer: Defer): Promise<pg.PoolClient> {
  const client = await database.owner.connect();
  defer(() => client.release());
  await client.query("create table bench_heap as select * from usage_facts with no data");
  await client.query(
    `alter table bench_heap alter org_id set default '${randomUUID()}', alter stream_id set default 1`,
  );
  return client;
}

/** One transaction that copies the rows into the emptied heap; gives its milliseconds. */
export async function copyToHeap(client: pg.PoolClient, facts: UsageFacts): Promise<number> {
  await client.query("truncate bench_heap");
  const startedAt = performance.now();
  await client.query("begin");
  const seriesIds = facts.series.list.map((_, i) => BigInt(i));
  const target = { table: "bench_heap", seriesIds };
  await copyUsageRows(client as TenantConnection, target, facts.rows);
  await client.query("commit");
  return performance.now() - startedAt;
}
