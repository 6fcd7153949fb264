import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import type { UtcDay } from "@/server/lib/time";
import { andCounted } from "@/server/usage/counted.sql";
import { costDimensions } from "@/server/usage/dimensions";
import type { PricedColumn } from "@/server/usage/priced-usage.sql";
import { partsOfRanges, readsOf } from "@/server/usage/range-parts";
import type { DayRange } from "@/server/usage/schema";
import { spans } from "@/server/usage/spans";

export type OrganizationStreams = {
  openaiOrgId: string;
  names: string[];
  connectionIds: string[];
  /** Ids of the lists, by their names. */
  costs: number[];
  usage: { id: number; name: string }[];
};

/** The OpenAI organizations that are connected or were imported, with all their lists. */
export async function organizationStreams(scope: OrgScope): Promise<OrganizationStreams[]> {
  const rows = await scope.db.$queryRaw<
    { openaiOrgId: string; connectionId: string; name: string | null; id: number | null; stream: string | null }[]
  >`
    select c.openai_org_id as "openaiOrgId", c.id as "connectionId", case when c.kind = 'provider' then c.name end as name,
      s.id, s.name as stream
    from connections c
    left join streams s on s.org_id = c.org_id and s.connection_id = c.id and split_part(s.name, '.', 1) in ('costs', 'usage')
    where c.org_id = ${scope.org.id}::uuid and c.kind <> 'draft' and c.erase_requested_at is null
    order by c.created_at, c.id, s.id`;
  return [...Map.groupBy(rows, ({ openaiOrgId }) => openaiOrgId)].map(([openaiOrgId, own]) => ({
    openaiOrgId,
    names: [...new Set(own.flatMap(({ name }) => name ?? []))],
    connectionIds: [...new Set(own.map(({ connectionId }) => connectionId))],
    costs: own.flatMap(({ id, stream }) => (id !== null && stream?.startsWith("costs.") ? id : [])),
    usage: own.flatMap(({ id, stream }) => (id !== null && stream?.startsWith("usage.") ? { id, name: stream } : [])),
  }));
}

export type CutSum = { streamId: number; dimension: number; isNobody: boolean; members: number; amount: string };

/** US dollars of a range by list, dimension and whether anybody is named. */
export async function cutSums(scope: OrgScope, range: DayRange): Promise<CutSum[]> {
  const counted = await andCounted(scope);
  const parts = readsOf(partsOfRanges([range])).map(({ by, weights, starts }) => {
    const days = by === "day" ? "cost_daily where day" : `cost_spans where span = ${spans[by]} and starts`;
    const amount = (weights[0] ?? 0) < 0 ? "-amount" : "amount";
    return Prisma.sql`
      select stream_id, dimension, key, ${Prisma.raw(`${amount} as amount from ${days}`)} = any(${[...starts]}::date[])
        and org_id = ${scope.org.id}::uuid and dimension = any(${Object.values(costDimensions)}::smallint[]) ${counted}`;
  });
  return scope.db.$queryRaw<CutSum[]>`
    select ${Prisma.raw(PLANNED_ANEW)} stream_id as "streamId", dimension, key = '' as "isNobody",
      count(distinct key)::int as members, trim_scale(sum(amount))::text as amount
    from (${Prisma.join(parts, " union all ")}) parts group by 1, 2, 3`;
}

export type ListDay = { streamId: number; day: UtcDay; isByPerson: boolean; amount: string };

/** What the bill and the list by person come to by day. */
export async function listDays(scope: OrgScope, range: DayRange): Promise<ListDay[]> {
  return scope.db.$queryRaw<ListDay[]>`
    select stream_id as "streamId", to_char(day, 'YYYY-MM-DD') as day, dimension = ${costDimensions.user_total} as "isByPerson",
      trim_scale(amount)::text as amount
    from cost_daily
    where org_id = ${scope.org.id}::uuid
      and dimension = any(${[costDimensions.total, costDimensions.user_total]}::smallint[])
      and day >= ${range.from}::date and day < ${range.to}::date and key = '' ${await andCounted(scope)}`;
}

type Within = { range: DayRange; streams: readonly number[]; settled: readonly UtcDay[] };

export type BilledLineSum = { lineItem: string; isSettled: boolean; amount: string };

/** US dollars by line item ('' is none), apart for days that are settled. */
export const billedLines = (scope: OrgScope, { range, streams, settled }: Within): Promise<BilledLineSum[]> =>
  scope.db.$queryRaw<BilledLineSum[]>`
    select ${Prisma.raw(PLANNED_ANEW)} key as "lineItem", day = any(${[...settled]}::date[]) as "isSettled",
      trim_scale(sum(amount))::text as amount
    from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${costDimensions.line_item} and stream_id = any(${[...streams]}::int[])
      and day >= ${range.from}::date and day < ${range.to}::date
    group by 1, 2`;

export type UsedSum = Record<PricedColumn, string> & {
  streamId: number;
  model: string;
  isBatch: boolean;
  serviceTier: string;
  /** The first day of those that are added up, which all have the same prices. */
  day: UtcDay;
  isSettled: boolean;
};

const usedColumns = [
  "input",
  "cached_input",
  "cache_write",
  "output",
  "audio_input",
  "cached_audio_input",
  "audio_output",
  "image_input",
  "cached_image_input",
  "image_output",
  "quantity",
] as const satisfies PricedColumn[];

/** Usage by what prices depend on; days between two changes of prices, in the given order, are added up. */
export const usedSums = (
  scope: OrgScope,
  { range, streams, settled, changes }: Within & { changes: readonly UtcDay[] },
): Promise<UsedSum[]> =>
  scope.db.$queryRaw<UsedSum[]>`
    select ${Prisma.raw(PLANNED_ANEW)} stream_id as "streamId", model, is_batch as "isBatch", service_tier as "serviceTier",
      to_char(min(day), 'YYYY-MM-DD') as day, day = any(${[...settled]}::date[]) as "isSettled",
      ${Prisma.raw(usedColumns.map((column) => `sum(${column})::text as ${column}`).join(", "))}
    from usage_priced_daily
    where org_id = ${scope.org.id}::uuid and stream_id = any(${[...streams]}::int[])
      and day >= ${range.from}::date and day < ${range.to}::date
    group by 1, 2, 3, 4, 6, (select count(*) from unnest(${[...changes]}::date[]) change where change <= day)`;
