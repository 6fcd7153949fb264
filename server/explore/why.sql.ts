import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import type { ExploreDimension, ExploreFilter, MoverDimension } from "@/server/explore/constants";
import {
  filterConditions,
  isOfList,
  keyColumns,
  labelJoins,
  labelTables,
  partOfRow,
} from "@/server/explore/explore.sql";
import { forJoinedSums, withSettings } from "@/server/explore/planner-settings.sql";
import type { GroupSum } from "@/server/explore/packs/sums";
import { aroundDays, inDaysOf, inUtcDays, ofStreams, type SourceQuestion } from "@/server/explore/part.sql";
import type { Labels } from "@/server/explore/read-labels";
import { sourceRows } from "@/server/explore/source.sql";
import type { CountedTokens } from "@/server/explore/token-kinds";
import type { MeasureColumn } from "@/server/usage/measures";
import type { DayRange } from "@/server/usage/schema";

// Sums over two whole periods: number 0 is the range asked for, number 1 the one compared with. '' is "the provider gave none".

type Filtered = { filters: readonly ExploreFilter[]; labels: Labels };

/** A clause that names what rows are labelled with; `none` is there to be followed. */
const withLabels = (question: Filtered) =>
  Prisma.sql`with ${Prisma.raw(PLANNED_ANEW)} none as (select) ${labelTables({ ...question, measure: "cost" })}`;

const labelledAndFiltered = (question: Filtered & { orgId: string }) => {
  const asked = { ...question, measure: "cost" } as const;
  return Prisma.sql`${labelJoins(asked)} ${filterConditions(asked)}`;
};

/** Days of another zone are read by way of sums of hours. */
function readSums<Row>(scope: OrgScope, { timezone }: Pick<SourceQuestion, "timezone">, statement: Prisma.Sql) {
  const read = () => scope.db.$queryRaw<Row[]>(statement);
  return timezone === "UTC" ? read() : withSettings(scope, forJoinedSums, read);
}

/** What packs tell where there are any (see readPackedSums), from the sums by day or the facts. */
export const readGroupSums = (
  scope: OrgScope,
  question: SourceQuestion & Filtered & { groupBy: readonly SummedDimension[] },
): Promise<GroupSum[]> =>
  readSums(
    scope,
    question,
    Prisma.sql`
    ${withLabels(question)}
    select r.period, array[${listOf(question.groupBy.map((dimension) => keyColumns[dimension]))}]::text[] as keys,
      trim_scale(sum(${partOfRow(question)}))::text as sum
    from (${sourceRows(question)}) r
    ${labelledAndFiltered(question)}
    group by 1, 2 having sum(${partOfRow(question)}) <> 0`,
  );

/** By what lines and movers are told. */
export type SummedDimension = MoverDimension | "line_item";

export type UsedTokens = {
  period: number;
  project: string;
  model: string;
  batch: string;
  serviceTier: string;
} & CountedTokens;

type UsageQuestion = Filtered & {
  orgId: string;
  timezone: string;
  periods: readonly DayRange[];
  streams: readonly number[];
};

const counted = {
  input: "input_tokens",
  cached: "input_cached_tokens",
  cacheWrite: "input_cache_write_tokens",
  audioInput: "input_audio_tokens",
  output: "output_tokens",
  audioOutput: "output_audio_tokens",
} as const satisfies Partial<Record<keyof CountedTokens, MeasureColumn>>;

const measures = Object.entries(counted);

const listOf = (columns: readonly Prisma.Sql[]) => Prisma.join([...columns], ", ");

/**
 * Tokens by period, project, model, batch and service tier, labelled as costs are. Filters by what only costs know do not
 * narrow them.
 */
export const readUsedTokens = (scope: OrgScope, question: UsageQuestion): Promise<UsedTokens[]> => {
  const filters = question.filters.filter(({ dimension }) => !ofCostsAlone.has(dimension) && !isOfList(dimension));
  const parts = question.periods.map((range, period) => tokensOfPeriod(question, { range, period }));
  const sum = (name: string) =>
    Prisma.sql`round(sum(${partOfRow({ ...question, measure: "cost" }, `"${name}"`)}))::bigint`;
  const sums = measures.map(([name]) => Prisma.sql`${sum(name)} as ${Prisma.raw(`"${name}"`)}`);
  return readSums(
    scope,
    question,
    Prisma.sql`
    ${withLabels(question)}
    select r.period, r.project_id as project, r.model, r.batch, r.service_tier as "serviceTier", ${listOf(sums)},
      case when bool_and(r.uncached is not null) then ${sum("uncached")} end as uncached
    from (${Prisma.join(parts, " union all ")}) r
    ${labelledAndFiltered({ ...question, filters })}
    group by 1, 2, 3, 4, 5`,
  );
};

const ofCostsAlone: ReadonlySet<ExploreDimension> = new Set(["line_item", "token_type"]);

type AskedPeriod = { range: DayRange; period: number };

/** Added up by series before the names are joined; what is kept by UTC day belongs to the day of the same date. */
function tokensOfPeriod({ orgId, timezone, streams, labels }: UsageQuestion, { range, period }: AskedPeriod) {
  const isUtc = timezone === "UTC";
  const isAsked = isUtc
    ? Prisma.sql`true as is_asked, true as is_asked_utc`
    : Prisma.sql`${inDaysOf(timezone, range)} as is_asked, ${inDaysOf("UTC", range)} as is_asked_utc`;
  const day = labels.size > 0 ? Prisma.sql`(bucket_start at time zone 'UTC')::date` : Prisma.sql`null::date`;
  const sums = measures.map(([name, column]) => Prisma.raw(`coalesce(sum(${column}), 0) as "${name}"`));
  return Prisma.sql`
    select ${period}::int as period, b.day, coalesce(s.project_id, '') as project_id, coalesce(s.user_id, '') as user_id,
      coalesce(s.api_key_id, '') as api_key_id, coalesce(s.model, '') as model, coalesce(s.batch::text, '') as batch,
      coalesce(s.service_tier, '') as service_tier, b.uncached, ${listOf(measures.map(([name]) => Prisma.raw(`b."${name}"`)))}
    from (
      select series_id, ${day} as day, ${isAsked}, ${listOf(sums)},
        case when count(input_uncached_tokens) = count(*) then sum(input_uncached_tokens) end as uncached
      from usage_facts
      where org_id = ${orgId}::uuid and ${ofStreams(streams)} and ${isUtc ? inUtcDays(range) : aroundDays(range)}
      group by 1, 2, 3, 4
    ) b join series s on s.org_id = ${orgId}::uuid and s.id = b.series_id
    where case when s.bucket_width = '1d' then b.is_asked_utc else b.is_asked end`;
}
