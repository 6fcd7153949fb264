import type { TenantConnection } from "@/server/db/tenant";
import { costDimensions, costStreams, usageDimensions } from "@/server/usage/dimensions";
import type { UtcDay } from "@/server/lib/time";

/** Days of one stream whose facts were touched. Roll-ups are made from facts alone, so this also rebuilds them. */
export type TouchedDays = { orgId: string; streamId: number; days: readonly UtcDay[] };

const inTouchedDays = `f.org_id = $1 and f.stream_id = $2
  and f.bucket_start >= (select min(d) from unnest($3::date[]) d)::timestamp at time zone 'UTC'
  and f.bucket_start < ((select max(d) from unnest($3::date[]) d) + 1)::timestamp at time zone 'UTC'
  and (f.bucket_start at time zone 'UTC')::date = any($3::date[])`;

const parametersOf = ({ orgId, streamId, days }: TouchedDays) => [orgId, streamId, [...days]];

/** dimension number -> the columns of a series that it groups by. */
const usageSets: [number, string[]][] = [
  [usageDimensions.total, []],
  [usageDimensions.project, ["project_id"]],
  [usageDimensions.user, ["user_id"]],
  [usageDimensions.api_key, ["api_key_id"]],
  [usageDimensions.model, ["model"]],
  [usageDimensions.project_model, ["project_id", "model"]],
  [usageDimensions.user_model, ["user_id", "model"]],
  [usageDimensions.api_key_model, ["api_key_id", "model"]],
];

const costSets: [number, string[]][] = [
  [costDimensions.total, []],
  [costDimensions.project, ["project_id"]],
  [costDimensions.user, ["user_id"]],
  [costDimensions.api_key, ["api_key_id"]],
  [costDimensions.model, ["model"]],
  [costDimensions.line_item, ["line_item"]],
];

/**
 * GROUPING SETS over all dimensions at once: one pass over the facts. grouping() tells which set a row belongs to;
 * a null of the provider becomes the empty key.
 */
function groupingSql(sets: [number, string[]][], columns: string[]) {
  const bits = (used: string[]) =>
    columns.reduce((mask, column, i) => mask | (used.includes(column) ? 0 : 1 << (columns.length - 1 - i)), 0);
  const mask = `grouping(${columns.join(", ")})`;
  const pick = (position: number) =>
    `case ${mask} ${sets
      .filter(([, used]) => used[position])
      .map(([, used]) => `when ${bits(used)} then coalesce(${used[position]}, '')`)
      .join(" ")} else '' end`;
  return {
    dimension: `case ${mask} ${sets.map(([number, used]) => `when ${bits(used)} then ${number}`).join(" ")} end`,
    key: pick(0),
    key2: pick(1),
    groupBy: `grouping sets (${sets.map(([, used]) => `(${["day", ...used].join(", ")})`).join(", ")})`,
  };
}

const usageColumns = ["requests", "input_tokens", "input_cached_tokens", "output_tokens", "quantity"];

const usageGrouping = groupingSql(usageSets, ["project_id", "user_id", "api_key_id", "model"]);

const wantedUsage = `
  with by_series as materialized (
    select (f.bucket_start at time zone 'UTC')::date as day, f.series_id,
      ${usageColumns.map((column) => `sum(f.${column})::bigint as ${column}`).join(", ")}
    from usage_facts f where ${inTouchedDays} group by 1, 2
  ), labelled as (
    select b.*, s.project_id, s.user_id, s.api_key_id, s.model
    from by_series b join series s on s.org_id = $1 and s.id = b.series_id
  )
  select $1::uuid as org_id, (${usageGrouping.dimension})::smallint as dimension, day, ${usageGrouping.key} as key,
    ${usageGrouping.key2} as key2, $2::int as stream_id,
    ${usageColumns.map((column) => `coalesce(sum(${column}), 0)::bigint as ${column}`).join(", ")}
  from labelled group by ${usageGrouping.groupBy}`;

/** Makes usage_daily of the touched days equal to the sums of their facts; equal rows are not written. */
export async function refreshUsageRollups(client: TenantConnection, touched: TouchedDays) {
  await client.query("create temp table if not exists staged_usage_daily (like usage_daily) on commit delete rows");
  await client.query("delete from staged_usage_daily");
  const parameters = parametersOf(touched);
  await client.query(
    `insert into staged_usage_daily (org_id, dimension, day, key, key2, stream_id, ${usageColumns.join(", ")}) ${wantedUsage}`,
    parameters,
  );
  await mergeDaily(client, parameters, {
    table: "usage_daily",
    key: ["dimension", "day", "key", "key2"],
    values: usageColumns,
  });
}

/** The same for cost_daily: US dollars only; money in other currencies stays with the facts. */
export async function refreshCostRollups(client: TenantConnection, touched: TouchedDays, streamName: string) {
  const wanted: readonly string[] =
    streamName in costStreams ? costStreams[streamName as keyof typeof costStreams] : [];
  const sets = costSets.filter(([number]) =>
    wanted.some((name) => costDimensions[name as keyof typeof costDimensions] === number),
  );
  if (sets.length === 0) return;
  const grouping = groupingSql(sets, [...new Set(sets.flatMap(([, used]) => used))]);
  await client.query("create temp table if not exists staged_cost_daily (like cost_daily) on commit delete rows");
  await client.query("delete from staged_cost_daily");
  const parameters = parametersOf(touched);
  await client.query(
    `insert into staged_cost_daily (org_id, dimension, day, key, stream_id, amount)
     with labelled as (
       select (f.bucket_start at time zone 'UTC')::date as day, s.project_id, s.user_id, s.api_key_id, s.model, s.line_item, f.amount
       from cost_facts f join series s on s.org_id = $1 and s.id = f.series_id
       where ${inTouchedDays} and s.currency = 'usd'
     )
     select $1::uuid, (${grouping.dimension})::smallint, day, ${grouping.key}, $2::int, sum(amount)
     from labelled group by ${grouping.groupBy}`,
    parameters,
  );
  await mergeDaily(client, parameters, { table: "cost_daily", key: ["dimension", "day", "key"], values: ["amount"] });
}

type DailyTable = { table: "usage_daily" | "cost_daily"; key: string[]; values: string[] };

async function mergeDaily(client: TenantConnection, parameters: unknown[], { table, key, values }: DailyTable) {
  const sameKey = key.map((column) => `w.${column} = d.${column}`).join(" and ");
  // The days stand for an index condition: dimension leads the key, and there are few.
  await client.query(
    `delete from ${table} d where d.org_id = $1 and d.stream_id = $2 and d.dimension between 0 and 7 and d.day = any($3::date[])
       and not exists (select from staged_${table} w where ${sameKey})`,
    parameters,
  );
  await client.query(
    `insert into ${table} as d (org_id, ${key.join(", ")}, stream_id, ${values.join(", ")})
     select org_id, ${key.join(", ")}, stream_id, ${values.join(", ")} from staged_${table}
     on conflict (org_id, ${key.join(", ")}, stream_id) do update
       set ${values.map((column) => `${column} = excluded.${column}`).join(", ")}
       where (${values.map((column) => `d.${column}`).join(", ")}) is distinct from (${values.map((column) => `excluded.${column}`).join(", ")})`,
  );
}
