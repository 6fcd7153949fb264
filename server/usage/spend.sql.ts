import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { costDimensions, usageDimensions } from "@/server/usage/dimensions";
import type { BreakdownDimension, DayRange, UsageCounts } from "@/server/usage/schema";

// Reads of the roll-ups. Amounts leave PostgreSQL as text with every digit; '' is the key of "attributed to nobody".

export type SpendByKey = { key: string; amount: string | null; previousAmount: string | null };

const amountText = (sum: Prisma.Sql) => Prisma.sql`trim_scale(${sum})::text`;

const betweenDays = (range: DayRange) => Prisma.sql`day >= ${range.from}::date and day < ${range.to}::date`;

/** US dollars by member over a range and the one before it; null where there is no row at all. */
export function spendByKey(
  scope: OrgScope,
  dimension: BreakdownDimension | "total",
  range: DayRange,
  previous: DayRange,
) {
  const number = costDimensions[dimension];
  return scope.db.$queryRaw<SpendByKey[]>`
    select key, ${amountText(Prisma.sql`sum(amount) filter (where ${betweenDays(range)})`)} as amount,
      ${amountText(Prisma.sql`sum(amount) filter (where ${betweenDays(previous)})`)} as "previousAmount"
    from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${number}
      and day >= least(${range.from}, ${previous.from})::date and day < greatest(${range.to}, ${previous.to})::date
    group by key`;
}

export type AmountByDay = { day: string; key: string; amount: string };

/** US dollars by day of the named members; all others together under the key null. */
export function spendByDay(
  scope: OrgScope,
  dimension: BreakdownDimension | "total",
  range: DayRange,
  keys: readonly string[],
) {
  const number = costDimensions[dimension];
  return scope.db.$queryRaw<(Omit<AmountByDay, "key"> & { key: string | null })[]>`
    select to_char(day, 'YYYY-MM-DD') as day, case when key = any(${[...keys]}::text[]) then key end as key,
      ${amountText(Prisma.sql`sum(amount)`)} as amount
    from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${number} and ${betweenDays(range)}
    group by 1, 2`;
}

type Counted = { requests: bigint; input: bigint; cached: bigint; output: bigint };

const countColumns = Prisma.sql`sum(requests)::bigint as requests, sum(input_tokens)::bigint as input,
  sum(input_cached_tokens)::bigint as cached, sum(output_tokens)::bigint as output`;

/** Requests and tokens by member over a range. */
export async function usageByKey(scope: OrgScope, dimension: BreakdownDimension | "total", range: DayRange) {
  const number = usageDimensions[dimension];
  const rows = await scope.db.$queryRaw<(Counted & { key: string })[]>`
    select key, ${countColumns} from usage_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${number} and ${betweenDays(range)}
    group by key`;
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
