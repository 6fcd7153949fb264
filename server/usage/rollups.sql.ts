import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import { forgetDigests } from "@/server/usage/day-digests.sql";
import { costDimensions, rolledUp, spannedUsageDimensions, usageDimensions } from "@/server/usage/dimensions";
import { dropPacks } from "@/server/usage/packs.sql";
import { refreshPricedUsage } from "@/server/usage/priced-usage.sql";
import { type Span, spans, startOfSpan } from "@/server/usage/spans";
import { inTouchedDays, isStaged, parametersOf, type TouchedDays } from "@/server/usage/touched-days.sql";
import { forLargeJoins } from "@/server/usage/window.sql";

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
  [costDimensions.user_total, []],
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

const wantedUsage = (touched: TouchedDays) => `
  with by_series as materialized (
    select (f.bucket_start at time zone 'UTC')::date as day, f.series_id,
      ${usageColumns.map((column) => `sum(f.${column})::bigint as ${column}`).join(", ")}
    from ${touched.source ?? "usage_facts"} f where ${inTouchedDays(touched)} group by 1, 2
  ), labelled as (
    select b.*, s.project_id, s.user_id, s.api_key_id, s.model
    from by_series b join series s on s.org_id = $1 and s.id = b.series_id
  )
  select $1::uuid as org_id, (${usageGrouping.dimension})::smallint as dimension, day, ${usageGrouping.key} as key,
    ${usageGrouping.key2} as key2, $2::int as stream_id,
    ${usageColumns.map((column) => `coalesce(sum(${column}), 0)::bigint as ${column}`).join(", ")}
  from labelled group by ${usageGrouping.groupBy}`;

/** Makes the roll-ups of the touched days, and of the spans they are in, equal to the sums of the facts; equal rows are not written. */
export async function refreshUsageRollups(client: TenantConnection, touched: TouchedDays) {
  await forgetDigests(client, touched);
  await dropPacks(client, touched);
  await mergeDaily(client, touched, {
    table: "usage_daily",
    key: ["dimension", "day", "key", "key2"],
    values: usageColumns,
    dimensions: usageSets.map(([number]) => number),
    spans: "usage_spans",
    spannedDimensions: spannedUsageDimensions.map((name) => usageDimensions[name]),
    wanted: wantedUsage(touched),
  });
  await refreshPricedUsage(client, touched);
}

/** The same for costs: US dollars only; money in other currencies stays with the facts. */
export async function refreshCostRollups(client: TenantConnection, touched: TouchedDays, streamName: string) {
  await forgetDigests(client, touched);
  await dropPacks(client, touched);
  const wanted = rolledUp[streamName] ?? [];
  const sets = costSets.filter(([number]) => wanted.some((name) => costDimensions[name] === number));
  if (sets.length === 0) return;
  const grouping = groupingSql(sets, [...new Set(sets.flatMap(([, used]) => used))]);
  const source = touched.source ?? "cost_facts";
  await mergeDaily(client, touched, {
    table: "cost_daily",
    key: ["dimension", "day", "key"],
    values: ["amount"],
    dimensions: sets.map(([number]) => number),
    spans: "cost_spans",
    spannedDimensions: sets.map(([number]) => number),
    wanted: `
      with labelled as (
        select (f.bucket_start at time zone 'UTC')::date as day, s.project_id, s.user_id, s.api_key_id, s.model, s.line_item, f.amount
        from ${source} f join series s on s.org_id = $1 and s.id = f.series_id
        where ${inTouchedDays(touched)} and s.currency = 'usd'
      )
      select $1::uuid as org_id, (${grouping.dimension})::smallint as dimension, day, ${grouping.key} as key,
        $2::int as stream_id, sum(amount) as amount
      from labelled group by ${grouping.groupBy}`,
  });
}

type DailyTable = {
  table: "usage_daily" | "cost_daily";
  key: string[];
  values: string[];
  dimensions: number[];
  /** Which of the dimensions are summed over spans of days, and where. */
  spans: "usage_spans" | "cost_spans";
  spannedDimensions: number[];
  /** The rows that should be there: org_id, key columns, stream_id and values by name. */
  wanted: string;
};

/** Compares what should be there with what is; days that have nothing yet need no comparison. */
async function mergeDaily(client: TenantConnection, touched: TouchedDays, daily: DailyTable) {
  // Whoever staged rows has said so already.
  if (!isStaged(touched)) await client.query(forLargeJoins);
  if (!touched.areNew && (await hasDaily(client, touched, daily))) await changeDaily(client, touched, daily);
  else await insertDaily(client, touched, daily);
}

const columnsOf = ({ key, values }: DailyTable) => ["org_id", ...key, "stream_id", ...values];

/** In key order: what is read together lies together, a tenth of the pages that grouping would scatter it over. */
async function insertDaily(client: TenantConnection, touched: TouchedDays, daily: DailyTable) {
  const columns = columnsOf(daily).join(", ");
  await client.query(
    prepared(
      `with inserted as (
         insert into ${daily.table} (${columns})
         select ${columns} from (${daily.wanted}) w order by ${daily.key.join(", ")} returning *
       ), ${addToSpans(daily, { source: "inserted", value: (column) => column, days: "1" })}`,
      parametersOf(touched),
    ),
  );
}

async function changeDaily(client: TenantConnection, touched: TouchedDays, daily: DailyTable) {
  const { table, key, values, wanted } = daily;
  const parameters = parametersOf(touched);
  const columns = columnsOf(daily);
  const changed = `changed_${table}`;
  const growth = (column: string) => `coalesce(w.${column}, 0) - coalesce(d.${column}, 0)`;
  await client.query(
    `create temp table if not exists ${changed} on commit delete rows as
       select 0 as more_days, ${columns.join(", ")}, ${values.map((column) => `${column} as more_${column}`).join(", ")}
       from ${table} with no data`,
  );
  // Partial days of a window come as a second call of the same transaction.
  await client.query(`delete from ${changed}`);
  const inDays = `d.org_id = $1 and d.stream_id = $2 and d.dimension = any('{${daily.dimensions}}') and d.day = any($3::date[])`;
  const row = (alias: string) => `(${values.map((column) => `${alias}.${column}`).join(", ")})`;
  await client.query(
    `insert into ${changed}
     select (w.stream_id is not null)::int - (d.stream_id is not null)::int, $1::uuid, ${key.join(", ")}, $2::int,
       ${values.map((column) => `w.${column}`).join(", ")}, ${values.map(growth).join(", ")}
     from (${wanted}) w
     full join (
       select ${[...key, "stream_id", ...values].join(", ")} from ${table} d where ${inDays}
     ) d using (${key.join(", ")})
     where w.stream_id is null or d.stream_id is null or ${row("w")} is distinct from ${row("d")}`,
    parameters,
  );
  const sameRow = ["org_id", ...key, "stream_id"].map((column) => `d.${column} = c.${column}`).join(" and ");
  await client.query(
    `delete from ${table} d using ${changed} c where c.more_days < 0 and ${inDays} and ${sameRow}`,
    parameters,
  );
  await client.query(
    `insert into ${table} (${columns.join(", ")})
     select ${columns.join(", ")} from ${changed} where more_days >= 0
     on conflict (org_id, ${key.join(", ")}, stream_id) do update
       set ${values.map((column) => `${column} = excluded.${column}`).join(", ")}`,
  );
  await client.query(
    `with ${addToSpans(daily, { source: changed, value: (column) => `more_${column}`, days: "more_days" })}`,
    parameters,
  );
  await client.query(
    `delete from ${daily.spans} where org_id = $1 and stream_id = $2 and dimension = any('{${daily.spannedDimensions}}')
       and (span, starts) in (select span, starts from unnest($3::date[]) day, ${spansOfDay}) and days = 0`,
    parameters,
  );
}

type Growth = { source: string; value: (column: string) => string; days: string };

/** (span, starts) of all spans that `day` is in. */
const spansOfDay = `lateral (values ${Object.entries(startOfSpan)
  .map(([span, start]) => `(${spans[span as Span]}::smallint, ${start("day")})`)
  .join(", ")}) of_day (span, starts)`;

/**
 * Adds to the spans, or makes them: the rest of a statement behind "with". Sums are exact, so that adding what changed gives the
 * very figures that summing a span again would give. Not ON CONFLICT, which locks each row before it changes it; nobody else
 * adds to the spans of a stream, as it is locked. The conditions on spans and starts are for the index.
 */
function addToSpans({ spans: table, spannedDimensions, values }: DailyTable, { source, value, days }: Growth) {
  const sums = [...values.map((column) => `sum(${value(column)})`), `sum(${days})`];
  const summed = [...values, "days"];
  const columns = ["org_id", "dimension", "span", "starts", "key", "stream_id", ...summed].join(", ");
  const isSame = "s.dimension = g.dimension and s.span = g.span and s.starts = g.starts and s.key = g.key";
  return `
    growth as materialized (
      select org_id, dimension, span, starts, key, stream_id, ${sums.map((sum, i) => `${sum} as ${summed[i]}`).join(", ")}
      from ${source}, ${spansOfDay} where dimension = any('{${spannedDimensions}}') group by 1, 2, 3, 4, 5, 6
    ), grown as (
      update ${table} s set ${summed.map((column) => `${column} = s.${column} + g.${column}`).join(", ")}
      from growth g
      where s.org_id = $1 and s.stream_id = $2 and s.dimension = any('{${spannedDimensions}}')
        and s.span = any('{${Object.values(spans)}}')
        and s.starts = any(array(select distinct starts from unnest($3::date[]) day, ${spansOfDay})) and ${isSame}
      returning s.dimension, s.span, s.starts, s.key
    )
    insert into ${table} (${columns})
    select ${columns} from growth g where not exists (select from grown s where ${isSame})
    order by dimension, span, starts, key`;
}

/** Every day with facts has a row in each of the stream's dimensions: one of them tells. */
async function hasDaily(client: TenantConnection, touched: TouchedDays, { table, dimensions }: DailyTable) {
  const { rowCount } = await client.query(
    `select from ${table} where org_id = $1 and stream_id = $2 and dimension = ${dimensions[0]} and day = any($3::date[]) limit 1`,
    parametersOf(touched),
  );
  return rowCount === 1;
}
