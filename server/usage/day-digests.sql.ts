import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import { toUtcDay } from "@/server/lib/time";
import type { DayDigests } from "@/server/usage/day-digests";
import type { WindowScope } from "@/server/usage/window.sql";
import { parametersOf, type TouchedDays } from "@/server/usage/touched-days.sql";

/** The digests of what is stored, by the days that a window touches. Says the truth behind the stream's lock alone. */
export async function storedDigests(client: TenantConnection, { orgId, window }: WindowScope): Promise<DayDigests> {
  const { rows } = await client.query<{ day: string; digest: Buffer }>(
    prepared(
      `select to_char(day, 'YYYY-MM-DD') as day, digest from day_digests
       where org_id = $1 and stream_id = $2 and day >= $3::date and day < $4::date`,
      [orgId, window.stream.id, toUtcDay(window.start), toUtcDay(window.end)],
    ),
  );
  return new Map(rows.map(({ day, digest }) => [day, digest]));
}

/** In the transaction that has made the facts of these days equal to what the digests are of. */
export async function keepDigests(client: TenantConnection, { orgId, window }: WindowScope, digests: DayDigests) {
  if (digests.size === 0) return;
  await client.query(
    prepared(
      `insert into day_digests (org_id, stream_id, day, digest)
       select $1::uuid, $2::int, * from unnest($3::date[], $4::bytea[])
       on conflict (org_id, stream_id, day) do update set digest = excluded.digest
       where day_digests.digest <> excluded.digest`,
      [orgId, window.stream.id, [...digests.keys()], [...digests.values()]],
    ),
  );
}

/** Whoever changes facts of these days calls it under the stream's lock: nobody knows any more what they were given as. */
export const forgetDigests = (client: TenantConnection, touched: TouchedDays) =>
  client.query(
    prepared(
      "delete from day_digests where org_id = $1 and stream_id = $2 and day = any($3::date[])",
      parametersOf(touched),
    ),
  );
