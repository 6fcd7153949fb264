import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import { bucketMs } from "@/server/openai/streams";
import { measureColumns } from "@/server/usage/measures";
import type { Window } from "@/server/usage/replace-window";
import type { UtcDay } from "@/server/lib/time";

export type FactTable = "cost_facts" | "usage_facts";
export type WindowScope = { orgId: string; table: FactTable; window: Window };
export type Changes = { added: number; changed: number; removed: number; days: readonly UtcDay[] };

export const noChanges: Changes = { added: 0, changed: 0, removed: 0, days: [] };

const measures: Record<FactTable, string[]> = {
  cost_facts: ["amount", "quantity"],
  usage_facts: [...measureColumns, "quantity", "more"],
};

/** Temporary tables: the rows that the provider gave, those of usage added up by day, and those that differ from what is stored. */
export const staging = { cost_facts: "staged_cost_facts", usage_facts: "staged_usage_facts" } as const;
export const stagedSums = "staged_usage_sums" as const;
const changes = { cost_facts: "changed_cost_facts", usage_facts: "changed_usage_facts" } as const;

/** Without the org and the stream, which all rows of a window share. */
export const factColumns = (table: FactTable) => ["bucket_start", "series_id", ...measures[table]];

/** Takes the stream's row until commit: windows of one stream are written one after another. Null when it is gone. */
export async function lockStream(client: TenantConnection, orgId: string, streamId: number) {
  const { rows } = await client.query<{ synced_through: Date | null }>(
    prepared("select synced_through from streams where org_id = $1 and id = $2 for update", [orgId, streamId]),
  );
  return rows[0] ? { syncedThrough: rows[0].synced_through } : null;
}

const inWindow = (alias: string) =>
  `${alias}.org_id = $1 and ${alias}.stream_id = $2 and ${alias}.bucket_start >= $3 and ${alias}.bucket_start < $4`;

const windowParameters = ({ orgId, window }: WindowScope) => [orgId, window.stream.id, window.start, window.end];

export async function windowHasFacts(client: TenantConnection, scope: WindowScope): Promise<boolean> {
  const { rowCount } = await client.query(
    prepared(`select 1 from ${scope.table} f where ${inWindow("f")} limit 1`, windowParameters(scope)),
  );
  return rowCount === 1;
}

/**
 * The same for a window that is about to be written. In a statement behind the one that locked the stream, so that what was decided
 * while we waited for the row counts.
 * @throws Error when the connection is deleted: nothing may be added to history that is kept or being erased.
 */
export async function writableWindowHasFacts(client: TenantConnection, scope: WindowScope): Promise<boolean> {
  const { rows } = await client.query<{ has_facts: boolean }>(
    prepared(
      `select exists (select from ${scope.table} f where ${inWindow("f")}) as has_facts
       from streams s join connections c on c.org_id = s.org_id and c.id = s.connection_id
       where s.org_id = $1 and s.id = $2 and c.status <> 'deleted'`,
      windowParameters(scope),
    ),
  );
  if (!rows[0]) throw new Error(`the connection of stream ${scope.window.stream.id} is deleted`);
  return rows[0].has_facts;
}

const stagedColumns: Record<FactTable, string[]> = {
  cost_facts: ["bucket_start timestamptz(0)", "series_id bigint", "amount numeric", "quantity numeric"],
  usage_facts: [
    "bucket_start timestamptz(0)",
    "series_id bigint",
    ...measureColumns.map((column) => `${column} bigint default 0`),
    "quantity bigint",
    "more jsonb",
  ],
};

/** Per connection of the pool and emptied at every commit: the catalogue is not churned once a window. */
export async function openStaging(
  client: TenantConnection,
  table: FactTable,
  name: string = staging[table],
): Promise<string> {
  await client.query(
    `${forLargeJoins};
     create temp table if not exists ${name} (${stagedColumns[table].join(", ")}) on commit delete rows`,
  );
  return name;
}

export const insertStaged = (client: TenantConnection, { orgId, table, window }: WindowScope) =>
  client.query(
    prepared(
      `insert into ${table} (org_id, stream_id, ${factColumns(table).join(", ")}) select $1::uuid, $2::int, * from ${staging[table]}`,
      [orgId, window.stream.id],
    ),
  );

/**
 * Finds what differs between the staged rows and the stored ones of the window, and keeps those rows whole: from here on
 * nothing is joined but what differs, so that no plan depends on estimates of temporary tables.
 */
export async function stageChanges(client: TenantConnection, scope: WindowScope): Promise<Changes> {
  const { table } = scope;
  const columns = measures[table];
  const of = (alias: string) => columns.map((column) => `${alias}.${column}`).join(", ");
  const changed = changes[table];
  await client.query(
    `create temp table if not exists ${changed} on commit delete rows as
       select null::"char" as change, ${factColumns(table).join(", ")},
         ${columns.map((column) => `${column} as ${former(column)}`).join(", ")}
       from ${staging[table]} with no data`,
  );
  const { rowCount } = await client.query(
    `insert into ${changed}
     select case when f.series_id is null then 'a' when s.series_id is null then 'r' else 'c' end,
       bucket_start, series_id, ${of("s")}, ${of("f")}
     from ${staging[table]} s
     full join (select * from ${table} f where ${inWindow("f")}) f using (bucket_start, series_id)
     where f.series_id is null or s.series_id is null or (${of("f")}) is distinct from (${of("s")})`,
    windowParameters(scope),
  );
  if (rowCount === 0) return noChanges;
  const { rows } = await client.query<Changes>(
    `select count(*) filter (where change = 'a')::int as added, count(*) filter (where change = 'c')::int as changed,
       count(*) filter (where change = 'r')::int as removed,
       coalesce(array_agg(distinct to_char(bucket_start at time zone 'UTC', 'YYYY-MM-DD')), '{}') as days
     from ${changed}`,
  );
  return rows[0] ?? noChanges;
}

/** A changed row holds what the provider gives now, and beside it what is stored. */
const former = (column: string) => `former_${column}`;

/**
 * The measures of a changed row `c` as rows (measure, before, after): the table's columns by name, and those that have no
 * column by the provider's name.
 */
function measuresOfChange(table: FactTable): string {
  const numbers = measures[table].filter((column) => column !== "more");
  const named = numbers.map((column) => `('${column}', c.${former(column)}::numeric, c.${column}::numeric)`);
  const others = `
    union all
    select measure, b.value::numeric, a.value::numeric
    from jsonb_each_text(c.former_more) b (measure, value) full join jsonb_each_text(c.more) a (measure, value) using (measure)`;
  return `values ${named.join(", ")}${table === "usage_facts" ? others : ""}`;
}

type Restated = { syncedThrough: Date; found: Changes };

/**
 * Keeps what the provider changed in buckets that were closed and fetched before: each measure that differs. Of a row that
 * is new or gone, the zeros say nothing. What was only cut otherwise, by another grouping or into other buckets, was not
 * changed; rows go where that happens.
 */
export async function recordRestatements(
  client: TenantConnection,
  scope: WindowScope,
  { syncedThrough, found }: Restated,
) {
  const { table, orgId, window } = scope;
  const differing = `
    select c.series_id, c.bucket_start, m.measure, m.before, m.after
    from ${changes[table]} c cross join lateral (${measuresOfChange(table)}) m (measure, before, after)
    where m.before is distinct from m.after and (c.change = 'c' or coalesce(m.before, m.after) <> 0)`;
  const isCutOtherwise = found.removed > 0;
  await client.query(
    `insert into restatements (org_id, stream_id, series_id, bucket_start, measure, before, after)
     select $1, $2, m.series_id, m.bucket_start, m.measure, m.before, m.after
     from (${isCutOtherwise ? withoutRecut(differing) : differing}) m
     join streams s on s.org_id = $1 and s.id = $2
     where m.bucket_start + $3::interval <= $4 and m.bucket_start <@ s.coverage`,
    [orgId, window.stream.id, `${bucketMs[window.width]} ms`, syncedThrough, ...(isCutOtherwise ? [window.width] : [])],
  );
}

/**
 * Without the measures of a project's day whose rows have different dimensions and come to the same total as before, or
 * which were kept in buckets of another width: that total says nothing, as such a day may have been kept in part.
 */
const withoutRecut = (differing: string) => `
  select * from (
    select m.*, bool_or(n.bucket_width <> $5) over part as has_other_width,
      min(d.dimensions) over part <> max(d.dimensions) over part
        and coalesce(sum(m.before) over part, 0) = coalesce(sum(m.after) over part, 0) as is_same_total
    from (${differing}) m
    join series n on n.org_id = $1 and n.id = m.series_id
    cross join lateral (values (concat(n.user_id is null, n.api_key_id is null, n.model is null, n.line_item is null,
      n.batch is null, n.service_tier is null, n.more is null))) d (dimensions)
    window part as (partition by date_trunc('day', m.bucket_start at time zone 'UTC'), n.project_id, m.measure)
  ) m where not (has_other_width or is_same_total)`;

export async function applyChanges(client: TenantConnection, scope: WindowScope, found: Changes) {
  const { table, orgId, window } = scope;
  const columns = measures[table];
  const changed = `${inWindow("f")} and f.bucket_start = c.bucket_start and f.series_id = c.series_id`;
  if (found.removed > 0)
    await client.query(
      `delete from ${table} f using ${changes[table]} c where ${changed} and c.change = 'r'`,
      windowParameters(scope),
    );
  if (found.changed > 0)
    await client.query(
      `update ${table} f set ${columns.map((column) => `${column} = c.${column}`).join(", ")}
       from ${changes[table]} c where ${changed} and c.change = 'c'`,
      windowParameters(scope),
    );
  if (found.added > 0)
    await client.query(
      `insert into ${table} (org_id, stream_id, ${factColumns(table).join(", ")})
       select $1::uuid, $2::int, ${factColumns(table).join(", ")} from ${changes[table]} where change = 'a'`,
      [orgId, window.stream.id],
    );
}

/**
 * For the rest of the transaction: joins stay in memory, are not compiled, and are never nested loops. PostgreSQL takes new
 * days, which its statistics do not know yet, and temporary tables for nearly empty; a nested loop over two of them would
 * compare every row with every other.
 */
export const forLargeJoins = "set local work_mem = '32MB'; set local enable_nestloop = off; set local jit = off";

/** Closed buckets of the window count as covered, and the stream's as-of moves on. */
export async function extendCoverage(client: TenantConnection, orgId: string, window: Window) {
  const widthMs = bucketMs[window.width];
  const closedUntil = new Date(Math.floor(window.fetchedAt.getTime() / widthMs) * widthMs);
  const coveredEnd = closedUntil < window.end ? closedUntil : window.end;
  const reachesNow = window.end > closedUntil || window.end.getTime() === closedUntil.getTime();
  await client.query(
    prepared(
      `update streams set
       coverage = case when $3::timestamptz < $4::timestamptz then coverage + tstzmultirange(tstzrange($3, $4)) else coverage end,
       synced_through = case when $5 then greatest(synced_through, $6) else synced_through end
     where org_id = $1 and id = $2`,
      [orgId, window.stream.id, window.start, coveredEnd, reachesNow, window.fetchedAt],
    ),
  );
}
