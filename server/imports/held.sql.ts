import type { TenantConnection } from "@/server/db/tenant";
import type { Bucket, BudgetEntry, NameEntry } from "@/server/imports/entries";
import { storableJson, storableText } from "@/server/lib/text";
import { copyCostRows, copyUsageRows } from "@/server/usage/copy-rows";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import { measureColumns } from "@/server/usage/measures";
import { type CostFacts, noDimensions, type UsageFacts } from "@/server/usage/normalise";
import { SeriesTable } from "@/server/usage/series";
import { hashedSeries, storeSeries } from "@/server/usage/series.sql";
import type { StreamRef } from "@/server/usage/series";
import type { BucketWidth } from "@/server/openai/streams";
import { openStaging } from "@/server/usage/window.sql";

/** The list of a file that facts are held for. */
export type HeldList = { orgId: string; stream: StreamRef; width: BucketWidth };

export async function addStream(
  client: TenantConnection,
  orgId: string,
  { connectionId, name }: Omit<StreamRef, "id">,
) {
  const { rows } = await client.query<{ id: number }>(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, $3, '{}') returning id",
    [orgId, connectionId, name],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("an insert returned no row");
  return { id, connectionId, name };
}

const plus = (column: string) =>
  `${column} = case when h.${column} is null then excluded.${column} else h.${column} + coalesce(excluded.${column}, 0) end`;

const plusMore = `more = case when h.more is null then excluded.more else coalesce((
  select jsonb_object_agg(measure, total) from (
    select measure, sum(value::numeric) as total
    from (select * from jsonb_each_text(h.more) union all select * from jsonb_each_text(coalesce(excluded.more, '{}'))) both_of (measure, value)
    group by measure
  ) sums), h.more) end`;

/** Adds facts to those that are held; a second row of a series and bucket is added up. */
export async function holdFacts(client: TenantConnection, list: HeldList, facts: CostFacts | UsageFacts) {
  const { orgId, stream } = list;
  const seriesIds = await storeSeries(client, list, hashedSeries(list, facts.series));
  const table = facts.kind === "costs" ? "cost_facts" : "usage_facts";
  const staged = await openStaging(client, table);
  if (facts.kind === "costs") await copyCostRows(client, { table: staged, seriesIds }, facts.rows);
  else await copyUsageRows(client, { table: staged, seriesIds }, facts.rows);
  const sums =
    facts.kind === "costs"
      ? [plus("amount"), plus("quantity")]
      : [...measureColumns.map(plus), plus("quantity"), plusMore];
  await client.query(
    `insert into held_${table} as h (org_id, stream_id, bucket_start, series_id, ${columnsOf(facts.kind).join(", ")})
     select $1::uuid, $2::int, * from ${staged}
     on conflict (org_id, stream_id, bucket_start, series_id) do update set ${sums.join(", ")}`,
    [orgId, stream.id],
  );
  await client.query(`delete from ${staged}`);
}

const columnsOf = (kind: "costs" | "usage") =>
  kind === "costs" ? ["amount", "quantity"] : [...measureColumns, "quantity", "more"];

/** What a list covers, and which dimensions it tells. */
export const describeStream = (
  client: TenantConnection,
  { orgId, stream }: Omit<HeldList, "width">,
  { buckets, grouping }: { buckets: readonly Bucket[]; grouping: readonly string[] },
) =>
  client.query(
    `update streams set grouping = $3, held = coalesce((
       select range_agg(tstzrange(starts, ends)) from unnest($4::timestamptz[], $5::timestamptz[]) as b (starts, ends)), '{}')
     where org_id = $1 and id = $2`,
    [
      orgId,
      stream.id,
      [...grouping],
      buckets.map(({ start }) => new Date(start)),
      buckets.map(({ end }) => new Date(end)),
    ],
  );

/** A list that the file turns out not to hold. */
export async function dropStream(client: TenantConnection, orgId: string, { id, connectionId, name }: StreamRef) {
  await client.query("delete from held_cost_facts where org_id = $1 and stream_id = $2", [orgId, id]);
  await client.query("delete from series where org_id = $1 and connection_id = $2 and stream = $3", [
    orgId,
    connectionId,
    name,
  ]);
  await client.query("delete from streams where org_id = $1 and id = $2", [orgId, id]);
}

/**
 * From costs without projects: their line items, and what they take away from "no line item". Adds up to zero.
 * @returns false where there is no line item
 */
export async function deriveLineItems(client: TenantConnection, orgId: string, totals: StreamRef): Promise<boolean> {
  const { rows: series } = await client.query<{
    id: string;
    lineItem: string | null;
    model: string | null;
    currency: string | null;
  }>(
    `select id, line_item as "lineItem", model, currency from series
     where org_id = $1 and connection_id = $2 and stream = $3 and line_item is not null`,
    [orgId, totals.connectionId, totals.name],
  );
  if (series.length === 0) return false;
  const stream = await addStream(client, orgId, { connectionId: totals.connectionId, name: LINE_ITEM_STREAM });
  const table = new SeriesTable();
  const numbers = series.map(({ lineItem, model, currency }) => ({
    line: table.numberOf({ ...noDimensions, lineItem, model, currency }),
    none: table.numberOf({ ...noDimensions, currency }),
  }));
  const own = { orgId, stream, width: "1d" } as const;
  const ids = await storeSeries(client, own, hashedSeries(own, table));
  await client.query(
    `with own as (
       select f.bucket_start, f.amount, m.line, m.none
       from unnest($4::bigint[], $5::bigint[], $6::bigint[]) as m (series_id, line, none)
       join held_cost_facts f on f.org_id = $1 and f.stream_id = $3 and f.series_id = m.series_id
     )
     insert into held_cost_facts (org_id, stream_id, bucket_start, series_id, amount)
     select $1::uuid, $2::int, bucket_start, line, sum(amount) from own group by bucket_start, line
     union all
     select $1::uuid, $2::int, bucket_start, none, -sum(amount) from own group by bucket_start, none`,
    [
      orgId,
      stream.id,
      totals.id,
      series.map(({ id }) => id),
      numbers.map(({ line }) => ids[line]),
      numbers.map(({ none }) => ids[none]),
    ],
  );
  await client.query(
    `update streams l set grouping = '{line_item}', held = t.held from streams t
     where l.org_id = $1 and l.id = $2 and t.org_id = $1 and t.id = $3`,
    [orgId, stream.id, totals.id],
  );
  return true;
}

/** Names as the directory keeps them; the last of several counts, but none does not take one away. */
export const addNames = (
  client: TenantConnection,
  { orgId, connectionId }: { orgId: string; connectionId: string },
  names: readonly NameEntry[],
) =>
  client.query(
    `insert into directory_items as d (org_id, connection_id, kind, parent_id, id, name, data)
     select $1, $2, r.item, '', r.id, r.name, r.data
     from jsonb_to_recordset($3::jsonb) as r (item text, id text, name text, data jsonb)
     on conflict (org_id, connection_id, kind, parent_id, id) do update
       set name = coalesce(excluded.name, d.name), data = d.data || excluded.data`,
    [orgId, connectionId, JSON.stringify(storableJson(names))],
  );

/** Budgets hang on their projects, as the provider's spend limits do. */
export const addBudgets = (
  client: TenantConnection,
  { orgId, connectionId }: { orgId: string; connectionId: string },
  budgets: readonly BudgetEntry[],
) =>
  client.query(
    `insert into directory_items (org_id, connection_id, kind, parent_id, id, data)
     select $1, $2, 'budget', project_id, 'monthly', jsonb_build_object('amount', amount)
     from unnest($3::text[], $4::text[]) as b (project_id, amount)`,
    [orgId, connectionId, budgets.map(({ projectId }) => projectId), budgets.map(({ amount }) => amount)],
  );

/** The ids of people with an address, as far as the directory knows them. */
export async function findUserId(client: TenantConnection, orgId: string, email: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from directory_items where org_id = $1 and kind = 'user' and lower(data ->> 'email') = lower($2)
     order by (removed_at is null) desc, changed_at desc limit 1`,
    [orgId, storableText(email)],
  );
  return rows[0]?.id ?? null;
}

/** US dollars that a list holds; null for none. */
export async function heldAmount(client: TenantConnection, orgId: string, streamId: number): Promise<string | null> {
  const { rows } = await client.query<{ amount: string | null }>(
    `select trim_scale(sum(f.amount))::text as amount from held_cost_facts f
     join series s on s.org_id = f.org_id and s.id = f.series_id
     where f.org_id = $1 and f.stream_id = $2 and s.currency = 'usd'`,
    [orgId, streamId],
  );
  return rows[0]?.amount ?? null;
}
