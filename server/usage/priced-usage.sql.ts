import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import { inTouchedDays, parametersOf, type TouchedDays } from "@/server/usage/touched-days.sql";

const zero = (column: string) => `coalesce(f.${column}, 0)`;

/** Kinds of tokens that do not overlap; where the provider tells no text tokens, they are what is left of the sum. */
const pricedColumns = {
  input: `coalesce(f.input_text_tokens, coalesce(f.input_uncached_tokens, f.input_tokens - ${zero("input_cached_tokens")}
    - ${zero("input_cache_write_tokens")}) - ${zero("input_audio_tokens")} - ${zero("input_image_tokens")}, 0)`,
  cached_input: `coalesce(f.input_cached_text_tokens, f.input_cached_tokens - ${zero("input_cached_audio_tokens")}
    - ${zero("input_cached_image_tokens")}, 0)`,
  cache_write: zero("input_cache_write_tokens"),
  output: `coalesce(f.output_text_tokens, f.output_tokens - ${zero("output_audio_tokens")} - ${zero("output_image_tokens")}, 0)`,
  audio_input: zero("input_audio_tokens"),
  cached_audio_input: zero("input_cached_audio_tokens"),
  audio_output: zero("output_audio_tokens"),
  image_input: zero("input_image_tokens"),
  cached_image_input: zero("input_cached_image_tokens"),
  image_output: zero("output_image_tokens"),
  quantity: zero("quantity"),
};
const columns = Object.keys(pricedColumns) as PricedColumn[];
export type PricedColumn = keyof typeof pricedColumns;

/** Makes the sums by what prices depend on equal to the facts of the touched days: a few dozen rows a day, written anew. */
export async function refreshPricedUsage(client: TenantConnection, touched: TouchedDays) {
  const parameters = parametersOf(touched);
  if (!touched.areNew) {
    await client.query(
      "delete from usage_priced_daily where org_id = $1 and stream_id = $2 and day = any($3::date[])",
      parameters,
    );
  }
  await client.query(
    prepared(
      `with by_series as materialized (
         select (f.bucket_start at time zone 'UTC')::date as day, f.series_id,
           ${columns.map((column) => `sum(${pricedColumns[column]}) as ${column}`).join(", ")}
         from ${touched.source ?? "usage_facts"} f where ${inTouchedDays(touched)} group by 1, 2
       )
       insert into usage_priced_daily (org_id, day, stream_id, model, is_batch, service_tier, ${columns.join(", ")})
       select $1::uuid, b.day, $2::int, coalesce(s.model, ''), coalesce(s.batch, false), coalesce(s.service_tier, ''),
         ${columns.map((column) => `sum(b.${column})`).join(", ")}
       from by_series b join series s on s.org_id = $1 and s.id = b.series_id group by 2, 4, 5, 6`,
      parameters,
    ),
  );
}
