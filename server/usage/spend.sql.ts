import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { addDecimals } from "@/server/lib/money";
import { type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { andCounted, recordedDays } from "@/server/usage/counted.sql";
import {
  costDimensions,
  LINE_ITEM_STREAM,
  type spannedUsageDimensions,
  usageDimensions,
} from "@/server/usage/dimensions";
import { rangeSums } from "@/server/usage/range-sums.sql";
import type { BreakdownDimension, DayRange, UsageCounts } from "@/server/usage/schema";

// Reads of the roll-ups. Amounts leave PostgreSQL as text with every digit; '' is the key of "attributed to nobody".

export type SpendByKey = { key: string; amount: string | null; previousAmount: string | null };

type CostDimension = keyof typeof costDimensions;
type UsageDimension = (typeof spannedUsageDimensions)[number];

const amountText = (sum: Prisma.Sql) => Prisma.sql`trim_scale(${sum})::text`;

const betweenDays = (range: DayRange) => Prisma.sql`day >= ${range.from}::date and day < ${range.to}::date`;

type SpendRanges = { range: DayRange; previousRange: DayRange; keys?: readonly string[] };

/** US dollars by member over a range and the one before it, for each dimension; null where there is no row at all. */
export async function spendByKey<D extends CostDimension>(
  scope: OrgScope,
  dimensions: readonly D[],
  { range, previousRange, keys }: SpendRanges,
): Promise<Map<D, SpendByKey[]>> {
  const numbers = dimensions.map((name) => costDimensions[name]);
  const parts = await partRows(scope, "cost", { numbers, ranges: [range, previousRange], keys });
  const rows = await scope.db.$queryRaw<(SpendByKey & Numbered)[]>`
    select dimension, key, case when sum(days1) > 0 then ${amountText(Prisma.sql`sum(amount1)`)} end as amount,
      case when sum(days2) > 0 then ${amountText(Prisma.sql`sum(amount2)`)} end as "previousAmount"
    from (${parts}) parts group by dimension, key having sum(days1) > 0 or sum(days2) > 0`;
  return byDimension(dimensions, costDimensions, rows);
}

/** The members with the largest spend over a range and, if it has any row, nobody; for each dimension. */
export async function topSpenders(
  scope: OrgScope,
  dimensions: readonly BreakdownDimension[],
  range: DayRange,
  count: number,
): Promise<Map<BreakdownDimension, string[]>> {
  const numbers = dimensions.map((name) => costDimensions[name]);
  const parts = await partRows(scope, "cost", { numbers, ranges: [range] });
  const rows = await scope.db.$queryRaw<({ key: string } & Numbered)[]>`
    select dimension, key from (
      select dimension, key, row_number() over (partition by dimension order by key = '' desc, sum(amount1) desc, key) as place
      from (${parts}) parts group by dimension, key having sum(days1) > 0
    ) ranked where place <= ${count + 1}`;
  const found = byDimension(dimensions, costDimensions, rows);
  return new Map([...found].map(([dimension, own]) => [dimension, own.map(({ key }) => key)]));
}

/** The member whose spend differs most from the range before; null where no spend differs. */
export async function largestMover(
  scope: OrgScope,
  dimension: BreakdownDimension,
  { range, previousRange }: SpendRanges,
): Promise<SpendByKey | null> {
  const parts = await partRows(scope, "cost", { numbers: [costDimensions[dimension]], ranges: [range, previousRange] });
  const difference = Prisma.sql`coalesce(sum(amount1), 0) - coalesce(sum(amount2), 0)`;
  const rows = await scope.db.$queryRaw<SpendByKey[]>`
    select key, ${amountText(Prisma.sql`sum(amount1)`)} as amount, ${amountText(Prisma.sql`sum(amount2)`)} as "previousAmount"
    from (${parts}) parts group by key having ${difference} <> 0 order by abs(${difference}) desc, key limit 1`;
  return rows[0] ?? null;
}

type Numbered = { dimension: number };

/** The rows of each of the dimensions, without the number that tells them apart. */
function byDimension<D extends string, R extends Numbered>(
  dimensions: readonly D[],
  numbers: Record<D, number>,
  rows: readonly R[],
): Map<D, Omit<R, "dimension">[]> {
  const found = Map.groupBy(rows, ({ dimension }) => dimension);
  return new Map(
    dimensions.map((name) => [name, (found.get(numbers[name]) ?? []).map(({ dimension: _, ...row }) => row)]),
  );
}

/** Numbers of the dimensions; ranges that the sums are wanted of; the members, if not all of them. */
type PartsOf = { numbers: readonly number[]; ranges: readonly DayRange[]; keys?: readonly string[] };

const valuesOf = { cost: ["amount"], usage: ["requests", "input_tokens", "input_cached_tokens", "output_tokens"] };

/**
 * What is to be added up for each of the ranges (see rangeSums). Of all members as few sums as possible are read, and the
 * statement is planned anew: a plan for all orgs takes them for few, and sorts a thousand of them. Of a few members the
 * plan is what takes time: months and days come in few combinations, each planned once.
 */
async function partRows(scope: OrgScope, kind: keyof typeof valuesOf, { numbers, ranges, keys }: PartsOf) {
  const sums = rangeSums({
    kind,
    ranges,
    values: valuesOf[kind],
    condition: Prisma.sql`org_id = ${scope.org.id}::uuid and ${ofDimensions(numbers)} ${onlyOf(keys)} ${await andCounted(scope)}`,
    usable: keys && ["month"],
    recorded: await recordedDays(scope, kind),
  });
  return Prisma.sql`${Prisma.raw(keys ? "" : PLANNED_ANEW)} ${sums}`;
}

const ofDimensions = (numbers: readonly number[]) =>
  numbers.length === 1
    ? Prisma.sql`dimension = ${numbers[0]}`
    : Prisma.sql`dimension = any(${[...numbers]}::smallint[])`;

const onlyOf = (keys: readonly string[] | undefined) =>
  keys ? Prisma.sql`and key = any(${[...keys]}::text[])` : Prisma.empty;

export type AmountByDay = { day: string; key: string; amount: string };

/** US dollars by day of the named members, for each dimension; '' names the one member of a total, and nobody. */
export async function spendByDay<D extends CostDimension>(
  scope: OrgScope,
  dimensions: readonly D[],
  range: DayRange,
  keys: readonly string[],
): Promise<Map<D, AmountByDay[]>> {
  const numbers = dimensions.map((name) => costDimensions[name]);
  // A row per member, days as numbers: a year of eight members by day would be three thousand rows.
  const rows = await scope.db.$queryRaw<(MemberDays & Numbered)[]>`
    select dimension, key, json_agg(day - ${range.from}::date) as days, json_agg(${amountText(Prisma.sql`amount`)}) as amounts
    from cost_daily
    where org_id = ${scope.org.id}::uuid and ${ofDimensions(numbers)} and ${betweenDays(range)} ${onlyOf(keys)}
      ${await andCounted(scope)}
    group by dimension, key`;
  const days = utcDaysBetween(range.from, range.to);
  const found = byDimension(dimensions, costDimensions, rows);
  return new Map([...found].map(([name, members]) => [name, members.flatMap((member) => toAmounts(member, days))]));
}

/** A row of cost_daily at each place of the lists: its day, counted from the first of the range, and its amount. */
type MemberDays = { key: string; days: number[]; amounts: string[] };

/** One amount a day: several connections have a row each. */
function toAmounts({ key, days: offsets, amounts }: MemberDays, days: readonly UtcDay[]): AmountByDay[] {
  const sums = new Map<UtcDay, string>();
  for (const [i, amount] of amounts.entries()) {
    const day = days[offsets[i] ?? -1];
    if (day === undefined) throw new Error("a day outside the range was read");
    const sum = sums.get(day);
    sums.set(day, sum === undefined ? amount : addDecimals(sum, amount));
  }
  return [...sums].map(([day, amount]) => ({ day, key, amount }));
}

/** What is stored added up; whether a zero is known to be one is another matter. */
export type CountSums = Record<keyof UsageCounts, number>;

type Counted = { requests: bigint; input: bigint; cached: bigint; output: bigint };

const counts = { requests: "requests", input: "input_tokens", cached: "input_cached_tokens", output: "output_tokens" };

/** `column` gives what is to be read for a measure. */
const countColumns = (column: (measure: string) => string) =>
  Prisma.raw(
    Object.entries(counts)
      .map(([name, measure]) => `${column(measure)} as ${name}`)
      .join(", "),
  );

/** Requests and tokens by member over a range, for each dimension. */
export async function usageByKey<D extends UsageDimension>(
  scope: OrgScope,
  dimensions: readonly D[],
  range: DayRange,
  keys?: readonly string[],
): Promise<Map<D, Map<string, CountSums>>> {
  const numbers = dimensions.map((name) => usageDimensions[name]);
  const parts = await partRows(scope, "usage", { numbers, ranges: [range], keys });
  const rows = await scope.db.$queryRaw<(Counted & { key: string } & Numbered)[]>`
    select dimension, key, ${countColumns((measure) => `sum(${measure}1)::bigint`)}
    from (${parts}) parts group by dimension, key having sum(days1) > 0`;
  const found = byDimension(dimensions, usageDimensions, rows);
  return new Map([...found].map(([name, own]) => [name, new Map(own.map((row) => [row.key, toCounts(row)]))]));
}

const pairDimensions = { project: "project_model", user: "user_model", api_key: "api_key_model" } as const;

/** Requests and tokens of one member by model. */
export async function usageByModelOf(
  scope: OrgScope,
  member: { dimension: BreakdownDimension; key: string },
  range: DayRange,
) {
  const isModel = member.dimension === "model";
  const number = usageDimensions[member.dimension === "model" ? "model" : pairDimensions[member.dimension]];
  const rows = await scope.db.$queryRaw<(Counted & { model: string })[]>`
    select ${isModel ? Prisma.sql`key` : Prisma.sql`key2`} as model, ${countColumns((measure) => `sum(${measure})::bigint`)} from usage_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${number} and key = ${member.key} and ${betweenDays(range)}
      ${await andCounted(scope)}
    group by 1 order by sum(input_tokens) + sum(output_tokens) desc, sum(requests) desc limit 100`;
  return rows.map((row) => ({ model: row.model || null, usage: toCounts(row) }));
}

const toCounts = (row: Counted): CountSums => ({
  requests: Number(row.requests),
  inputTokens: Number(row.input),
  inputCachedTokens: Number(row.cached),
  outputTokens: Number(row.output),
});

const memberColumns = {
  project: Prisma.sql`s.project_id`,
  user: Prisma.sql`s.user_id`,
  api_key: Prisma.sql`s.api_key_id`,
  model: Prisma.sql`s.model`,
} as const satisfies Record<BreakdownDimension, Prisma.Sql>;

/** US dollars of one member by day and line item, from the facts of the stream that knows this dimension. */
export async function spendOfMember(
  scope: OrgScope,
  member: { dimension: BreakdownDimension; key: string | null },
  range: DayRange,
) {
  const streams =
    member.dimension === "user"
      ? ["costs.user"]
      : ["costs.project", ...(member.dimension === "model" ? [LINE_ITEM_STREAM] : [])];
  const column = memberColumns[member.dimension];
  return scope.db.$queryRaw<{ day: string; lineItem: string | null; amount: string }[]>`
    select to_char(f.bucket_start at time zone 'UTC', 'YYYY-MM-DD') as day, s.line_item as "lineItem",
      ${amountText(Prisma.sql`sum(f.amount)`)} as amount
    from series s join cost_facts f on f.org_id = s.org_id and f.series_id = s.id
    where s.org_id = ${scope.org.id}::uuid and s.stream = any(${streams}::text[]) and s.currency = 'usd'
      and ${member.key === null ? Prisma.sql`${column} is null` : Prisma.sql`${column} = ${member.key}`}
      and f.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
      and f.bucket_start < ${range.to}::date::timestamp at time zone 'UTC' ${await andCounted(scope, "f.stream_id")}
    group by 1, 2`;
}

/** Money in other currencies over a range: shown beside the totals, never in them. */
export async function otherCurrencies(scope: OrgScope, range: DayRange) {
  return scope.db.$queryRaw<{ currency: string; amount: string }[]>`
    select s.currency, ${amountText(Prisma.sql`sum(f.amount)`)} as amount
    from series s join cost_facts f on f.org_id = s.org_id and f.series_id = s.id
    where s.org_id = ${scope.org.id}::uuid and s.stream = 'costs.project' and s.currency <> 'usd'
      and f.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
      and f.bucket_start < ${range.to}::date::timestamp at time zone 'UTC' ${await andCounted(scope, "f.stream_id")}
    group by 1 order by 1`;
}
