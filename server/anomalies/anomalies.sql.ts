import { type CauseDimension, causeDimensions } from "@/server/anomalies/constants";
import type { OrgScope } from "@/server/auth/scope";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { Prisma } from "@/server/db/generated/client";
import { andCounted } from "@/server/usage/counted.sql";
import { costDimensions } from "@/server/usage/dimensions";
import type { DayRange } from "@/server/usage/schema";

/**
 * The keys, projects and models that cost at least so many US dollars on a day, and maybe some that nearly did: most of a
 * large organization's never do. Of a day there is a row for each list that has it, and one of so many has its part of
 * the whole: that takes a sixth of the time of adding them up.
 */
export async function largeMembers(
  scope: OrgScope,
  { from, to }: DayRange,
  least: number,
): Promise<{ dimension: CauseDimension; key: string }[]> {
  const numbers = causeDimensions.map((name) => costDimensions[name]);
  const rows = await scope.db.$queryRaw<{ dimension: number; key: string }[]>(Prisma.sql`
    select ${Prisma.raw(PLANNED_ANEW)} distinct dimension, key from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = any(${numbers}::smallint[])
      and day >= ${from}::date and day < ${to}::date ${await andCounted(scope)}
      and amount >= (
        select ${String(least)}::numeric / greatest(count(*), 1) from streams
        where org_id = ${scope.org.id}::uuid and name like 'costs.%'
      )`);
  return rows.map(({ dimension, key }) => ({ dimension: nameOf(dimension), key }));
}

function nameOf(number: number): CauseDimension {
  const name = causeDimensions.find((candidate) => costDimensions[candidate] === number);
  if (!name) throw new Error(`a dimension that was not asked for: ${number}`);
  return name;
}
