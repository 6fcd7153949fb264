import type { TenantConnection } from "@/server/db/tenant";
import type { BucketWidth } from "@/server/openai/streams";
import { type SeriesDimensions, seriesKeyHash, type SeriesTable, type StreamRef } from "@/server/usage/series";

type SeriesScope = { orgId: string; stream: StreamRef; width: BucketWidth };

/** The stored id of every series of the table, in its order; new ones are stored. */
export async function resolveSeries(
  client: TenantConnection,
  scope: SeriesScope,
  table: SeriesTable,
): Promise<bigint[]> {
  const hashes = table.list.map((dimensions) => seriesKeyHash(scope.stream, scope.width, dimensions));
  if (hashes.length === 0) return [];
  let ids = await findSeries(client, scope.orgId, hashes);
  const missing = table.list.flatMap((dimensions, i) => {
    const hash = hashes[i];
    return hash && !ids.has(hash.toString("hex")) ? [{ hash, dimensions }] : [];
  });
  if (missing.length > 0) {
    await insertSeries(client, scope, missing);
    ids = await findSeries(client, scope.orgId, hashes);
  }
  return hashes.map((hash) => {
    const id = ids.get(hash.toString("hex"));
    if (id === undefined) throw new Error("a series was stored but cannot be found");
    return id;
  });
}

async function findSeries(client: TenantConnection, orgId: string, hashes: Buffer[]): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ id: string; hash: string }>(
    "select id, encode(key_hash, 'hex') as hash from series where org_id = $1 and key_hash = any($2::bytea[])",
    [orgId, hashes],
  );
  return new Map(rows.map((row) => [row.hash, BigInt(row.id)]));
}

type NewSeries = { hash: Buffer; dimensions: SeriesDimensions };

async function insertSeries(client: TenantConnection, scope: SeriesScope, missing: readonly NewSeries[]) {
  // Sorted by hash, so that two transactions that store the same series wait in the same order.
  const rows = missing
    .toSorted((a, b) => Buffer.compare(a.hash, b.hash))
    .map(({ hash, dimensions: d }) => {
      return {
        key_hash: `\\x${hash.toString("hex")}`,
        project_id: d.projectId,
        user_id: d.userId,
        api_key_id: d.apiKeyId,
        model: d.model,
        line_item: d.lineItem,
        batch: d.batch,
        service_tier: d.serviceTier,
        currency: d.currency,
        quantity_unit: d.quantityUnit,
        more: d.more.length > 0 ? Object.fromEntries(d.more) : null,
      };
    });
  await client.query(
    `insert into series (org_id, connection_id, stream, bucket_width, key_hash, project_id, user_id, api_key_id, model,
       line_item, batch, service_tier, currency, quantity_unit, more)
     select $1, $2, $3, $4, r.key_hash, r.project_id, r.user_id, r.api_key_id, r.model,
       r.line_item, r.batch, r.service_tier, r.currency, r.quantity_unit, r.more
     from jsonb_to_recordset($5::jsonb) as r (key_hash bytea, project_id text, user_id text, api_key_id text, model text,
       line_item text, batch boolean, service_tier text, currency text, quantity_unit text, more jsonb)
     on conflict (org_id, key_hash) do nothing`,
    [scope.orgId, scope.stream.connectionId, scope.stream.name, scope.width, JSON.stringify(rows)],
  );
}
