import type { TenantConnection } from "@/server/db/tenant";
import type { BucketWidth } from "@/server/openai/streams";
import { type SeriesDimensions, seriesKeyHash, type SeriesTable, type StreamRef } from "@/server/usage/series";

export type SeriesScope = { orgId: string; stream: StreamRef; width: BucketWidth };

type HashedSeries = { hash: Buffer; dimensions: SeriesDimensions };

/** The series of a table with the hashes of their natural keys, in its order. */
export const hashedSeries = ({ stream, width }: SeriesScope, table: SeriesTable): HashedSeries[] =>
  table.list.map((dimensions) => ({ dimensions, hash: seriesKeyHash(stream, width, dimensions) }));

/** The stored ids of the series, in their order; null where some are not stored yet. */
export async function findSeries(
  client: TenantConnection,
  { orgId }: SeriesScope,
  series: readonly HashedSeries[],
): Promise<bigint[] | null> {
  const known = await idsByHash(client, orgId, series);
  const ids = series.flatMap(({ hash }) => known.get(hash.toString("hex")) ?? []);
  return ids.length === series.length ? ids : null;
}

/** The same, where new ones are stored. */
export async function storeSeries(
  client: TenantConnection,
  scope: SeriesScope,
  series: readonly HashedSeries[],
): Promise<bigint[]> {
  const known = await idsByHash(client, scope.orgId, series);
  const missing = series.filter(({ hash }) => !known.has(hash.toString("hex")));
  await insertSeries(client, scope, missing);
  const ids = await findSeries(client, scope, series);
  if (!ids) throw new Error("a series was stored but cannot be found");
  return ids;
}

async function idsByHash(client: TenantConnection, orgId: string, series: readonly HashedSeries[]) {
  if (series.length === 0) return new Map<string, bigint>();
  // Not prepared: only a list that is known when it is planned is looked up by hash.
  const { rows } = await client.query<{ id: string; hash: string }>(
    "select id, encode(key_hash, 'hex') as hash from series where org_id = $1 and key_hash = any($2::bytea[])",
    [orgId, series.map(({ hash }) => hash)],
  );
  return new Map(rows.map((row) => [row.hash, BigInt(row.id)]));
}

async function insertSeries(client: TenantConnection, scope: SeriesScope, missing: readonly HashedSeries[]) {
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
