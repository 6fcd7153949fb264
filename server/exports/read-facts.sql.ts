import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PAGE_ROWS } from "@/server/exports/table";
import { measureColumns } from "@/server/usage/measures";
import type { DayRange } from "@/server/usage/schema";

/** A list of a connection, deleted or not, whose history counts. */
export type ListedStream = {
  id: number;
  connectionId: string;
  connectionName: string;
  /** When it was connected, or the file imported. */
  connectedAt: Date;
  openaiOrgId: string;
  openaiOrgName: string | null;
};

/** The lists of this name in a lasting order, without those that are being erased. */
export function listedStreams(scope: OrgScope, name: string): Promise<ListedStream[]> {
  return scope.db.$queryRaw<ListedStream[]>`
    select s.id, c.id as "connectionId", c.name as "connectionName", c.created_at as "connectedAt",
      c.openai_org_id as "openaiOrgId",
      c.openai_org_name as "openaiOrgName"
    from connections c join streams s on s.org_id = c.org_id and s.connection_id = c.id
    where c.org_id = ${scope.org.id}::uuid and s.name = ${name} and c.erase_requested_at is null
    order by c.created_at, c.id`;
}

type Labels = {
  at: Date;
  seriesId: bigint;
  bucketWidth: string;
  projectId: string | null;
  userId: string | null;
  apiKeyId: string | null;
  model: string | null;
  lineItem: string | null;
  batch: boolean | null;
  serviceTier: string | null;
  currency: string | null;
  quantityUnit: string | null;
  moreDimensions: Record<string, string> | null;
};

/** Money and quantities are decimal text in their shortest form. */
export type CostFactRow = Labels & { amount: string; quantity: string | null };

/** Counts by column; `more` holds what has none. */
export type UsageFactRow = Labels &
  Record<(typeof measureColumns)[number], bigint | null> & {
    quantity: bigint | null;
    more: Record<string, number> | null;
  };

const costMeasures = Prisma.sql`trim_scale(p.amount)::text as amount, trim_scale(p.quantity)::text as quantity`;
const usageMeasures = Prisma.raw([...measureColumns, "quantity", "more"].map((column) => `p.${column}`).join(", "));

export const readCostFacts = (scope: OrgScope, stream: ListedStream, range: DayRange) =>
  readFacts<CostFactRow>(scope, { stream, range, table: Prisma.raw("cost_facts"), measures: costMeasures });

export const readUsageFacts = (scope: OrgScope, stream: ListedStream, range: DayRange) =>
  readFacts<UsageFactRow>(scope, { stream, range, table: Prisma.raw("usage_facts"), measures: usageMeasures });

type Reading = { stream: ListedStream; range: DayRange; table: Prisma.Sql; measures: Prisma.Sql };

/** Facts in the order of the table's key, a page at a time: each page goes on in the index where the last one ended. */
async function* readFacts<Row extends Labels>(scope: OrgScope, reading: Reading): AsyncGenerator<Row[]> {
  let last: Row | undefined;
  for (;;) {
    const rows: Row[] = await scope.db.$queryRaw<Row[]>(pageOf(scope, reading, last));
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1);
  }
}

function pageOf(scope: OrgScope, { stream, range, table, measures }: Reading, last: Labels | undefined): Prisma.Sql {
  const orgId = Prisma.sql`${scope.org.id}::uuid`;
  const after = last
    ? Prisma.sql`and (bucket_start, series_id) > (${last.at}::timestamptz, ${last.seriesId})`
    : Prisma.empty;
  return Prisma.sql`
    with page as materialized (
      select * from ${table}
      where org_id = ${orgId} and stream_id = ${stream.id}
        and bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
        and bucket_start < ${range.to}::date::timestamp at time zone 'UTC' ${after}
      order by bucket_start, series_id limit ${PAGE_ROWS}
    )
    select p.bucket_start as at, p.series_id as "seriesId", s.bucket_width as "bucketWidth", s.project_id as "projectId",
      s.user_id as "userId", s.api_key_id as "apiKeyId", s.model, s.line_item as "lineItem", s.batch,
      s.service_tier as "serviceTier", s.currency, s.quantity_unit as "quantityUnit", s.more as "moreDimensions", ${measures}
    from page p join series s on s.org_id = ${orgId} and s.id = p.series_id
    order by p.bucket_start, p.series_id`;
}
