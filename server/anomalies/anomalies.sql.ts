import { type AnomalyDimension, causeDimensions } from "@/server/anomalies/constants";
import type { OrgScope } from "@/server/auth/scope";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { Prisma } from "@/server/db/generated/client";
import type { UtcDay } from "@/server/lib/time";
import { andCounted } from "@/server/usage/counted.sql";
import { costDimensions } from "@/server/usage/dimensions";

/** What a member cost by day; days without a row are missing. */
export type MemberSpend = { dimension: AnomalyDimension; key: string; days: UtcDay[]; amounts: string[] };

type Row = Omit<MemberSpend, "dimension"> & { dimension: number };

type Question = {
  from: UtcDay;
  to: UtcDay;
  /** Members are read that have a day of at least so many US dollars: only they can rise or fall by as much. */
  least: number;
};

/** The keys, projects and models that could stand out: most of a large organization's never spend enough on a day. */
export async function readLargeMembers(scope: OrgScope, { from, to, least }: Question): Promise<MemberSpend[]> {
  const counted = await andCounted(scope);
  const numbers = causeDimensions.map((name) => costDimensions[name]);
  const ofOrg = Prisma.sql`org_id = ${scope.org.id}::uuid and dimension = any(${numbers}::smallint[])`;
  const rows = await scope.db.$queryRaw<Row[]>(Prisma.sql`
    with ${Prisma.raw(PLANNED_ANEW)} large as (
      select distinct dimension, key from (
        select dimension, key, day from cost_daily
        where ${ofOrg} and day >= ${from}::date and day < ${to}::date ${counted}
        group by dimension, key, day having sum(amount) >= ${String(least)}::numeric
      ) days
    )
    select dimension, key, array_agg(to_char(day, 'YYYY-MM-DD') order by day) as days,
      array_agg(amount::text order by day) as amounts
    from (
      select dimension, key, day, sum(amount) as amount from cost_daily join large using (dimension, key)
      where org_id = ${scope.org.id}::uuid and day >= ${from}::date and day < ${to}::date ${counted}
      group by dimension, key, day
    ) daily group by dimension, key`);
  return rows.map((row) => ({ ...row, dimension: nameOf(row.dimension) }));
}

function nameOf(number: number): AnomalyDimension {
  const name = causeDimensions.find((candidate) => costDimensions[candidate] === number);
  if (!name) throw new Error(`a dimension that was not asked for: ${number}`);
  return name;
}
