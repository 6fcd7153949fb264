import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import type { UsageMeasure } from "@/server/openai/streams";
import { andCounted } from "@/server/usage/counted.sql";
import type { CostGroup, ReportGroup, UsageGroup } from "@/server/usage/facts-report-groups";
import { type MeasureColumn, measureFields } from "@/server/usage/measures";
import type { DayRange } from "@/server/usage/schema";

/** Values of the groups in the order asked for, and what was added up over them. */
export type Measured<M> = { keys: (string | boolean | null)[]; measures: M };

type Reading<G> = { streams: readonly string[]; range: DayRange; groupBy: readonly G[] };

/**
 * Facts are first added up by series and time, then labelled: the dimensions are joined to few rows instead of all.
 * `b.at` is the beginning of the bucket, the day or nothing, as UTC wall time.
 */
const groupColumns: Record<ReportGroup, Prisma.Sql> = {
  // A fact of a whole day has no hour: saying 00:00 would be false.
  hour: Prisma.sql`case when s.bucket_width = '1h' then to_char(b.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end`,
  day: Prisma.sql`to_char(b.at, 'YYYY-MM-DD')`,
  project: Prisma.sql`s.project_id`,
  user: Prisma.sql`s.user_id`,
  key: Prisma.sql`s.api_key_id`,
  model: Prisma.sql`s.model`,
  line_item: Prisma.sql`s.line_item`,
  batch: Prisma.sql`s.batch`,
  service_tier: Prisma.sql`s.service_tier`,
};

function timeColumn(groupBy: readonly ReportGroup[]): Prisma.Sql {
  if (groupBy.includes("hour")) return Prisma.sql`f.bucket_start at time zone 'UTC'`;
  if (groupBy.includes("day")) return Prisma.sql`date_trunc('day', f.bucket_start at time zone 'UTC')`;
  return Prisma.sql`null::timestamp`;
}

const inRange = async (scope: OrgScope, { streams, range }: Reading<ReportGroup>) => Prisma.sql`
  f.org_id = ${scope.org.id}::uuid
  and f.stream_id = any(array(select id from streams where org_id = ${scope.org.id}::uuid and name = any(${[...streams]}::text[])))
  and f.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
  and f.bucket_start < ${range.to}::date::timestamp at time zone 'UTC' ${await andCounted(scope, "f.stream_id")}`;

/** A label of any type as JSON, so that booleans and nulls come through. */
const keysOf = (groupBy: readonly ReportGroup[]) =>
  groupBy.length === 0
    ? Prisma.sql`'[]'::jsonb`
    : Prisma.sql`jsonb_build_array(${Prisma.join(groupBy.map((group) => groupColumns[group]))})`;

type Besides = { besides?: readonly Prisma.Sql[]; orderedBy?: readonly Prisma.Sql[]; having?: Prisma.Sql };

/** Rows in the order of their groups; the columns that are grouped by besides come last, as `orderedBy` says. */
function grouping(
  groupBy: readonly ReportGroup[],
  { besides = [], orderedBy = besides, having = Prisma.empty }: Besides = {},
) {
  const columns = groupBy.map((group) => groupColumns[group]);
  const order = [...columns, ...orderedBy].map((column) => Prisma.sql`${column} nulls last`);
  return Prisma.sql`group by ${Prisma.join([...columns, ...besides])} ${having} order by ${Prisma.join(order)}`;
}

/** Where all of "no line item" moved to line items, no row of zero is left over. */
const isNotMovedAway = Prisma.sql`having not (sum(b.amount) = 0 and bool_or(s.stream = ${LINE_ITEM_STREAM} and s.line_item is null))`;

const currency = Prisma.sql`s.currency`;
const dollarsFirst = Prisma.sql`s.currency <> 'usd'`;

export type CostSum = { currency: string | null; amount: string };

/** Exact sums by group and currency; amounts as text in their shortest form. */
export async function sumCosts(scope: OrgScope, reading: Reading<CostGroup>): Promise<Measured<CostSum>[]> {
  const { groupBy } = reading;
  const rows = await scope.db.$queryRaw<(CostSum & Pick<Measured<CostSum>, "keys">)[]>`
    with by_series as materialized (
      select f.series_id, ${timeColumn(groupBy)} as at, sum(f.amount) as amount
      from cost_facts f where ${await inRange(scope, reading)} group by 1, 2
    )
    select ${keysOf(groupBy)} as keys, s.currency, trim_scale(sum(b.amount))::text as amount
    from by_series b join series s on s.org_id = ${scope.org.id}::uuid and s.id = b.series_id
    ${grouping(groupBy, { besides: [currency], orderedBy: [dollarsFirst, currency], having: isNotMovedAway })}`;
  return rows.map(({ keys, ...measures }) => ({ keys, measures }));
}

export type UsageSums = Partial<Record<UsageMeasure, bigint | null>>;

type UsageReading = Reading<UsageGroup> & { measures: readonly UsageMeasure[] };

/** Sums of the measures by group; null where no fact of the group has the measure. */
export async function sumUsage(scope: OrgScope, reading: UsageReading): Promise<Measured<UsageSums>[]> {
  const { groupBy, measures } = reading;
  const columns = measures.map((_, i) => Prisma.raw(`m${i}`));
  const inner = measures.map((measure, i) => Prisma.sql`sum(${measureColumn(measure)}) as ${columns[i]}`);
  const outer = columns.map((column) => Prisma.sql`sum(b.${column})::text`);
  const rows = await scope.db.$queryRaw<{ keys: Measured<UsageSums>["keys"]; sums: (string | null)[] }[]>`
    with by_series as materialized (
      select f.series_id, ${timeColumn(groupBy)} as at, ${Prisma.join(inner)}
      from usage_facts f where ${await inRange(scope, reading)} group by 1, 2
    )
    select ${keysOf(groupBy)} as keys, array[${Prisma.join(outer)}] as sums
    from by_series b join series s on s.org_id = ${scope.org.id}::uuid and s.id = b.series_id
    ${groupBy.length === 0 ? Prisma.sql`having count(*) > 0` : grouping(groupBy)}`;
  return rows.map(({ keys, sums }) => ({
    keys,
    measures: Object.fromEntries(measures.map((measure, i) => [measure, toCount(sums[i])])),
  }));
}

const toCount = (text: string | null | undefined) => (text == null ? null : BigInt(text));

const columnOf = new Map<string, MeasureColumn>(
  Object.entries(measureFields).map(([column, field]) => [field, column as MeasureColumn]),
);

/** The endpoint's own unit has one column for all endpoints; what has none is kept by name, unless it is zero. */
function measureColumn(measure: UsageMeasure): Prisma.Sql {
  const column = columnOf.get(measure);
  if (column) return Prisma.raw(`f.${column}`);
  if (measure === "input_cache_write_30m_tokens" || measure === "input_cache_write_12h_tokens") {
    return Prisma.sql`coalesce((f.more ->> ${measure})::numeric, case when f.input_cache_write_tokens is not null then 0 end)`;
  }
  return Prisma.raw("f.quantity");
}
