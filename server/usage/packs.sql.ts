import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import { parametersOf, type TouchedDays } from "@/server/usage/touched-days.sql";

/** Stored: never renumber, only add. */
export const grains = { hour: 0, day: 1, month: 2 } as const;
export type Grain = keyof typeof grains;

/** A day of another zone has hours of two UTC days. */
const aroundDays = "(select d + around from unnest($3::date[]) d, unnest(array[-1, 0, 1]) around)";
const theirMonths = `(select date_trunc('month', d::timestamp)::date from ${aroundDays} x (d))`;

/**
 * Deletes the packs (see server/explore/packs) that facts of these days are in, and those of costs that were divided by
 * them. Whoever changes facts calls it under the stream's lock, which whoever makes packs takes, too.
 */
export const dropPacks = (client: TenantConnection, touched: TouchedDays) =>
  client.query(
    prepared(
      `delete from fact_packs p using streams changed
       where changed.org_id = $1 and changed.id = $2 and p.org_id = $1
         and p.stream_id = any(array(
           select s.id from streams s where s.org_id = $1 and s.connection_id = changed.connection_id
             and (s.id = $2 or (changed.name like 'usage.%' and s.name like 'costs.%'))))
         and p.starts = any(array(${aroundDays} union ${theirMonths}))
         and (p.stream_id = $2 or p.grain = ${grains.hour} or p.zone <> 'UTC')
         and case when p.zone = 'UTC' and p.grain <> ${grains.month} then p.starts = any($3::date[])
           when p.grain <> ${grains.month} then p.starts in ${aroundDays}
           else p.starts in ${theirMonths} end`,
      parametersOf(touched),
    ),
  );
