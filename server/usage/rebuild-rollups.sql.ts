import type { TenantConnection } from "@/server/db/tenant";
import type { UtcDay } from "@/server/lib/time";
import type { FactTable } from "@/server/usage/window.sql";

export type FactStream = { id: number; connectionId: string; name: string };
export type RollupTarget = { orgId: string; streamId: number; facts: FactTable };

/** The roll-ups of facts, with the columns that tell their rows apart within a stream. */
const rollups: Record<FactTable, Record<string, string>> = {
  cost_facts: { cost_daily: "dimension, day, key", cost_spans: "dimension, span, starts, key" },
  usage_facts: {
    usage_daily: "dimension, day, key, key2",
    usage_spans: "dimension, span, starts, key",
    usage_priced_daily: "day, model, is_batch, service_tier",
  },
};

export async function factStreams(client: TenantConnection, orgId: string): Promise<FactStream[]> {
  const { rows } = await client.query<FactStream>(
    `select id, connection_id as "connectionId", name from streams
     where org_id = $1 and split_part(name, '.', 1) in ('costs', 'usage') order by connection_id, id`,
    [orgId],
  );
  return rows;
}

/** Moves the stream's roll-ups out of the way, to be compared with the new ones. */
export async function setAside(client: TenantConnection, { orgId, streamId, facts }: RollupTarget) {
  for (const table of Object.keys(rollups[facts])) {
    await client.query(`create temp table if not exists former_${table} (like ${table}) on commit delete rows`);
    await client.query(
      `with dropped as (delete from ${table} where org_id = $1 and stream_id = $2 returning *)
       insert into former_${table} select * from dropped`,
      [orgId, streamId],
    );
  }
}

/** What else is known of the stream's facts: days that have none any more are not refreshed, and must not be told as before. */
export async function forgetDerived(client: TenantConnection, { orgId, streamId }: RollupTarget) {
  for (const table of ["day_digests", "fact_packs"])
    await client.query(`delete from ${table} where org_id = $1 and stream_id = $2`, [orgId, streamId]);
}

export async function daysWithFacts(client: TenantConnection, target: RollupTarget): Promise<UtcDay[]> {
  const { rows } = await client.query<{ day: UtcDay }>(
    `select distinct to_char(bucket_start at time zone 'UTC', 'YYYY-MM-DD') as day
     from ${target.facts} where org_id = $1 and stream_id = $2 order by 1`,
    [target.orgId, target.streamId],
  );
  return rows.map(({ day }) => day);
}

export type RollupComparison = { rows: number; rowsDiffering: number };

/** How many rows there are now, and how many keys hold something else than before, or are new or gone. */
export async function compareWithSetAside(client: TenantConnection, { orgId, streamId, facts }: RollupTarget) {
  const sum: RollupComparison = { rows: 0, rowsDiffering: 0 };
  for (const [table, key] of Object.entries(rollups[facts])) {
    const { rows } = await client.query<RollupComparison>(
      `with present as (select * from ${table} where org_id = $1 and stream_id = $2)
       select (select count(*)::int from present) as rows,
         (select count(*)::int from present p full join former_${table} f using (${key})
          where p is distinct from f) as "rowsDiffering"`,
      [orgId, streamId],
    );
    sum.rows += rows[0]?.rows ?? 0;
    sum.rowsDiffering += rows[0]?.rowsDiffering ?? 0;
  }
  return sum;
}

/** Roll-ups of streams that are no more. */
export async function dropOrphans(client: TenantConnection, orgId: string) {
  for (const table of Object.values(rollups).flatMap(Object.keys)) {
    await client.query(
      `delete from ${table} d where d.org_id = $1
         and not exists (select from streams s where s.org_id = d.org_id and s.id = d.stream_id)`,
      [orgId],
    );
  }
}
