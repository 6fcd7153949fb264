import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { costDimensions, usageDimensions } from "@/server/usage/dimensions";
import type { DayRange } from "@/server/usage/schema";

/** What is to be known before sums are read. Days are from the first to the last with rows, whatever is in between. */
type Standing = { erased: number[]; isSnapshot: boolean; cost: DayRange; usage: DayRange };

const standings = new WeakMap<OrgScope, Promise<Standing>>();

/** Looked up once a transaction. */
function standingOf(scope: OrgScope): Promise<Standing> {
  const found = standings.get(scope) ?? findStanding(scope);
  standings.set(scope, found);
  return found;
}

/** Each list of costs has rows in one of these dimensions on each of its days, and each list of usage in the total. */
const dimensionsOfEveryDay = {
  cost: [costDimensions.total, costDimensions.line_item, costDimensions.user_total],
  usage: [usageDimensions.total],
};

async function findStanding(scope: OrgScope): Promise<Standing> {
  const [row] = await scope.db.$queryRaw<Standing[]>`
    select array(
        select s.id from connections c join streams s on s.org_id = c.org_id and s.connection_id = c.id
        where c.org_id = ${scope.org.id}::uuid and c.erase_requested_at is not null
      ) as erased,
      current_setting('transaction_isolation') = 'repeatable read' as "isSnapshot",
      (${daysWithRows(scope, "cost")}) as cost, (${daysWithRows(scope, "usage")}) as usage`;
  if (!row) throw new Error("a select without from has one row");
  return row;
}

/** A DayRange as JSON; of no day where there is no row. */
const daysWithRows = (scope: OrgScope, kind: keyof typeof dimensionsOfEveryDay) => Prisma.sql`
  select json_build_object('from', coalesce(min(first), current_date), 'to', coalesce(max(last) + 1, current_date))
  from unnest(${dimensionsOfEveryDay[kind]}::smallint[]) of_dimension, lateral (
    select min(day) as first, max(day) as last from ${Prisma.raw(`${kind}_daily`)}
    where org_id = ${scope.org.id}::uuid and dimension = of_dimension
  ) days`;

/**
 * A further condition on rows: those of streams that count. Erasing takes a while, and half of a history must not show; the
 * condition is empty, and costs nothing, unless something is being erased.
 * @param streamId the column, as SQL of ours
 */
export async function andCounted(scope: OrgScope, streamId = "stream_id"): Promise<Prisma.Sql> {
  const { erased } = await standingOf(scope);
  return erased.length === 0 ? Prisma.empty : Prisma.sql`and ${Prisma.raw(streamId)} <> all(${[...erased]}::int[])`;
}

/**
 * The days outside of which the roll-ups by day have no row. Undefined where a row may come meanwhile: in a transaction that
 * is no snapshot.
 */
export async function recordedDays(scope: OrgScope, kind: "cost" | "usage"): Promise<DayRange | undefined> {
  const standing = await standingOf(scope);
  return standing.isSnapshot ? standing[kind] : undefined;
}
