import type { TenantConnection } from "@/server/db/tenant";
import type { UtcDay } from "@/server/lib/time";
import type { FactTable } from "@/server/usage/window.sql";

export type FactStream = { id: number; connectionId: string; name: string };
export type RollupTarget = {
  orgId: string;
  streamId: number;
  facts: FactTable;
  daily: "cost_daily" | "usage_daily";
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
export async function setAside(client: TenantConnection, { orgId, streamId, daily }: RollupTarget) {
  await client.query(`create temp table if not exists former_${daily} (like ${daily}) on commit delete rows`);
  await client.query(
    `with dropped as (delete from ${daily} where org_id = $1 and stream_id = $2 returning *)
     insert into former_${daily} select * from dropped`,
    [orgId, streamId],
  );
}

export async function daysWithFacts(client: TenantConnection, target: RollupTarget): Promise<UtcDay[]> {
  const { rows } = await client.query<{ day: UtcDay }>(
    `select distinct to_char(bucket_start at time zone 'UTC', 'YYYY-MM-DD') as day
     from ${target.facts} where org_id = $1 and stream_id = $2 order by 1`,
    [target.orgId, target.streamId],
  );
  return rows.map(({ day }) => day);
}

/** How many rows there are now, and how many keys hold something else than before, or are new or gone. */
export async function compareWithSetAside(client: TenantConnection, { orgId, streamId, daily }: RollupTarget) {
  const key = daily === "cost_daily" ? "dimension, day, key" : "dimension, day, key, key2";
  const { rows } = await client.query<{ rows: number; rowsDiffering: number }>(
    `with present as (select * from ${daily} where org_id = $1 and stream_id = $2)
     select (select count(*)::int from present) as rows,
       (select count(*)::int from present p full join former_${daily} f using (${key})
        where p is distinct from f) as "rowsDiffering"`,
    [orgId, streamId],
  );
  return rows[0] ?? { rows: 0, rowsDiffering: 0 };
}

/** Roll-ups of streams that are no more. */
export async function dropOrphans(client: TenantConnection, orgId: string) {
  for (const daily of ["cost_daily", "usage_daily"]) {
    await client.query(
      `delete from ${daily} d where d.org_id = $1
         and not exists (select from streams s where s.org_id = d.org_id and s.id = d.stream_id)`,
      [orgId],
    );
  }
}
