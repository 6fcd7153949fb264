import type { TenantConnection } from "@/server/db/tenant";

// What an erasure deletes, children first; each function in a transaction of its own.

export type Erased = { orgId: string; connectionId: string };

export const rollupTables = [
  "cost_daily",
  "cost_spans",
  "usage_daily",
  "usage_spans",
  "usage_priced_daily",
  "fact_packs",
] as const;
export const factTables = ["cost_facts", "usage_facts"] as const;
export type FactTable = (typeof factTables)[number];

/**
 * Waits for windows that are being stored; later ones find the connection deleted. Null when there is nothing to erase.
 */
export async function streamsToErase(client: TenantConnection, { orgId, connectionId }: Erased) {
  const connection = await client.query(
    "select from connections where org_id = $1 and id = $2 and erase_requested_at is not null",
    [orgId, connectionId],
  );
  if (connection.rowCount === 0) return null;
  const { rows } = await client.query<{ id: number }>(
    "select id from streams where org_id = $1 and connection_id = $2 order by id for update",
    [orgId, connectionId],
  );
  return rows.map(({ id }) => id);
}

export const deleteOfStreams = (
  client: TenantConnection,
  table: (typeof rollupTables)[number] | "restatements",
  { orgId, streamIds }: { orgId: string; streamIds: readonly number[] },
) => client.query(`delete from ${table} where org_id = $1 and stream_id = any($2::int[])`, [orgId, streamIds]);

export type FactSpan = { table: FactTable; orgId: string; streamId: number; from: Date; to: Date };

/** From the first to the last bucket of a stream; null when it has none. */
export async function spanOfFacts(client: TenantConnection, { table, orgId, streamId }: Omit<FactSpan, "from" | "to">) {
  const { rows } = await client.query<{ from: Date | null; to: Date | null }>(
    `select min(bucket_start) as from, max(bucket_start) as to from ${table} where org_id = $1 and stream_id = $2`,
    [orgId, streamId],
  );
  const { from, to } = rows[0] ?? {};
  return from && to ? { from, to } : null;
}

export const deleteFacts = (client: TenantConnection, { table, orgId, streamId, from, to }: FactSpan) =>
  client.query(
    `delete from ${table} where org_id = $1 and stream_id = $2 and bucket_start >= $3 and bucket_start < $4`,
    [orgId, streamId, from, to],
  );

/** Deletes some of the connection's series, whose facts are gone by now; true while there are more. */
export async function deleteSomeSeries(client: TenantConnection, { orgId, connectionId }: Erased, limit: number) {
  const { rowCount } = await client.query(
    `delete from series where org_id = $1 and id = any(array(
       select id from series where org_id = $1 and connection_id = $2 order by id limit $3))`,
    [orgId, connectionId, limit],
  );
  return rowCount === limit;
}

export const deleteNamesAndRuns = async (client: TenantConnection, { orgId, connectionId }: Erased) => {
  for (const table of ["directory_items", "sync_runs"])
    await client.query(`delete from ${table} where org_id = $1 and connection_id = $2`, [orgId, connectionId]);
};
