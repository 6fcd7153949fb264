import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { costDimensions, type monthlyUsageDimensions, usageDimensions } from "@/server/usage/dimensions";
import { partsOfRanges, type RangePart } from "@/server/usage/range-parts";
import type { BreakdownDimension, DayRange, UsageCounts } from "@/server/usage/schema";

// Reads of the roll-ups. Amounts leave PostgreSQL as text with every digit; '' is the key of "attributed to nobody".

export type SpendByKey = { key: string; amount: string | null; previousAmount: string | null };

const amountText = (sum: Prisma.Sql) => Prisma.sql`trim_scale(${sum})::text`;

const betweenDays = (range: DayRange) => Prisma.sql`day >= ${range.from}::date and day < ${range.to}::date`;

type CostDimension = keyof typeof costDimensions;

/** US dollars by member over a range and the one before it; null where there is no row at all. */
export function spendByKey(scope: OrgScope, dimension: CostDimension, ranges: SpendRanges) {
  const { range, previousRange, keys } = ranges;
  const parts = costParts(scope, dimension, { ranges: [range, previousRange], keys });
  return scope.db.$queryRaw<SpendByKey[]>`
    select key, ${weightedAmount(Prisma.sql`w1`)} as amount, ${weightedAmount(Prisma.sql`w2`)} as "previousAmount"
    from (${parts}) parts group by key having sum(days * w1) > 0 or sum(days * w2) > 0`;
}

type SpendRanges = { range: DayRange; previousRange: DayRange; keys?: readonly string[] };

/** The members with the largest spend over a range and, if it has any row, the one of nobody. */
export async function topSpenders(scope: OrgScope, dimension: BreakdownDimension, range: DayRange, count: number) {
  const rows = await scope.db.$queryRaw<{ key: string }[]>`
    select key from (${costParts(scope, dimension, { ranges: [range] })}) parts
    group by key having sum(days * w1) > 0 order by key = '' desc, sum(amount * w1) desc, key limit ${count + 1}`;
  return rows.map(({ key }) => key);
}

type PartsOf = { ranges: readonly DayRange[]; keys?: readonly string[] };

/** Rows (key, amount, days, w1, w2, ...): what each part adds to each of the ranges. */
function costParts(scope: OrgScope, dimension: CostDimension, { ranges, keys }: PartsOf) {
  const parts = partsOfRanges(ranges).map((part) => {
    const { table, days, where } = partSql("cost", part);
    const weights = part.weights.map((weight, i) => Prisma.sql`${weight}::int as ${Prisma.raw(`w${i + 1}`)}`);
    return Prisma.sql`
      select key, sum(amount) as amount, ${days} as days, ${Prisma.join(weights)} from ${table}
      where org_id = ${scope.org.id}::uuid and dimension = ${costDimensions[dimension]} and ${where} ${onlyOf(keys)} group by key`;
  });
  return Prisma.join(parts, " union all ");
}

const weightedAmount = (weight: Prisma.Sql) =>
  Prisma.sql`case when sum(days * ${weight}) > 0 then ${amountText(Prisma.sql`sum(amount * ${weight})`)} end`;

/** Where a part is read from, which rows, and how many days' rows are in a member's sum. */
function partSql(kind: "cost" | "usage", { by, from, to }: RangePart) {
  const column = Prisma.raw(by);
  return {
    table: Prisma.raw(by === "day" ? `${kind}_daily` : `${kind}_monthly`),
    days: by === "day" ? Prisma.sql`count(*)` : Prisma.sql`sum(days)`,
    where: Prisma.sql`${column} >= ${from}::date and ${column} < ${to}::date`,
  };
}

const onlyOf = (keys: readonly string[] | undefined) =>
  keys ? Prisma.sql`and key = any(${[...keys]}::text[])` : Prisma.empty;

export type AmountByDay = { day: string; key: string; amount: string };

/** US dollars by day of the named members; '' names the one member of a total, and what is attributed to nobody. */
export async function spendByDay(
  scope: OrgScope,
  dimension: CostDimension,
  range: DayRange,
  keys: readonly string[] = [""],
): Promise<AmountByDay[]> {
  if (keys.length === 0) return [];
  return scope.db.$queryRaw<AmountByDay[]>`
    select to_char(day, 'YYYY-MM-DD') as day, key, ${amountText(Prisma.sql`sum(amount)`)} as amount
    from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${costDimensions[dimension]} and ${betweenDays(range)} ${onlyOf(keys)}
    group by cost_daily.day, key`;
}

type Counted = { requests: bigint; input: bigint; cached: bigint; output: bigint };

const countColumns = Prisma.sql`sum(requests)::bigint as requests, sum(input_tokens)::bigint as input,
  sum(input_cached_tokens)::bigint as cached, sum(output_tokens)::bigint as output`;

/** Requests and tokens by member over a range. */
export async function usageByKey(
  scope: OrgScope,
  dimension: (typeof monthlyUsageDimensions)[number],
  range: DayRange,
  keys?: readonly string[],
): Promise<Map<string, UsageCounts>> {
  const parts = partsOfRanges([range]).map((part) => {
    const { table, days, where } = partSql("usage", part);
    return Prisma.sql`
      select key, ${countColumns}, ${days} as days, ${part.weights[0]}::int as weight from ${table}
      where org_id = ${scope.org.id}::uuid and dimension = ${usageDimensions[dimension]} and ${where} ${onlyOf(keys)} group by key`;
  });
  const rows = await scope.db.$queryRaw<(Counted & { key: string })[]>`
    select key, sum(requests * weight)::bigint as requests, sum(input * weight)::bigint as input,
      sum(cached * weight)::bigint as cached, sum(output * weight)::bigint as output
    from (${Prisma.join(parts, " union all ")}) parts
    group by key having sum(days * weight) > 0`;
  return new Map(rows.map((row) => [row.key, toCounts(row)]));
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
    select ${isModel ? Prisma.sql`key` : Prisma.sql`key2`} as model, ${countColumns} from usage_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${number} and key = ${member.key} and ${betweenDays(range)}
    group by 1 order by sum(input_tokens) + sum(output_tokens) desc, sum(requests) desc limit 100`;
  return rows.map((row) => ({ model: row.model || null, usage: toCounts(row) }));
}

const toCounts = (row: Counted): UsageCounts => ({
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
export function spendOfMember(
  scope: OrgScope,
  member: { dimension: BreakdownDimension; key: string | null },
  range: DayRange,
) {
  const stream = member.dimension === "user" ? "costs.user" : "costs.project";
  const column = memberColumns[member.dimension];
  return scope.db.$queryRaw<{ day: string; lineItem: string | null; amount: string }[]>`
    select to_char(f.bucket_start at time zone 'UTC', 'YYYY-MM-DD') as day, s.line_item as "lineItem",
      ${amountText(Prisma.sql`sum(f.amount)`)} as amount
    from series s join cost_facts f on f.org_id = s.org_id and f.series_id = s.id
    where s.org_id = ${scope.org.id}::uuid and s.stream = ${stream} and s.currency = 'usd'
      and ${member.key === null ? Prisma.sql`${column} is null` : Prisma.sql`${column} = ${member.key}`}
      and f.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
      and f.bucket_start < ${range.to}::date::timestamp at time zone 'UTC'
    group by 1, 2`;
}

/** Money in other currencies over a range: shown beside the totals, never in them. */
export function otherCurrencies(scope: OrgScope, range: DayRange) {
  return scope.db.$queryRaw<{ currency: string; amount: string }[]>`
    select s.currency, ${amountText(Prisma.sql`sum(f.amount)`)} as amount
    from series s join cost_facts f on f.org_id = s.org_id and f.series_id = s.id
    where s.org_id = ${scope.org.id}::uuid and s.stream = 'costs.project' and s.currency <> 'usd'
      and f.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
      and f.bucket_start < ${range.to}::date::timestamp at time zone 'UTC'
    group by 1 order by 1`;
}
