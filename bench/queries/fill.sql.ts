import type pg from "pg";
import { factsOf, type Shape } from "@/bench/queries/shape";

export type FillTarget = {
  orgId: string;
  connectionId: string;
  streamIds: { usage: number; costs: number; costsByUser: number };
  /** The first day after the history. */
  end: Date;
};

/** At once: what one statement sorts stays small. */
const FACTS_AT_ONCE = 600_000;

/** Series and facts of an org, written by PostgreSQL itself: ten million rows by way of the ingest would take an hour. */
export async function fillOrg(client: pg.ClientBase, target: FillTarget, shape: Shape) {
  await makePairs(client, shape);
  await insertSeries(client, target);
  const daysAtOnce = Math.ceil(FACTS_AT_ONCE / (factsOf(shape) / shape.days));
  for (let day = shape.days; day > 0; day -= daysAtOnce) {
    const range = [startOf(target.end, day), startOf(target.end, Math.max(0, day - daysAtOnce))] as const;
    await insertUsage(client, target, { range, busyHours: shape.busyHours });
    await insertCosts(client, target, range);
  }
  await client.query(
    "update streams set coverage = tstzmultirange(tstzrange($2, $3)), synced_through = now() where org_id = $1",
    [target.orgId, startOf(target.end, shape.days), startOf(target.end, 1)],
  );
}

const startOf = (end: Date, daysBefore: number) => new Date(end.getTime() - daysBefore * 86_400_000);

/** Which key calls which model; a key belongs to one project and one person. */
async function makePairs(client: pg.ClientBase, { pairs, keys, projects, users, models }: Shape) {
  await client.query("drop table if exists pairs");
  await client.query(
    `create temp table pairs as
     select pair, 'key_' || lpad((pair % $2)::text, 20, '0') as api_key_id,
       'proj_' || lpad((pair % $2 % $3)::text, 24, '0') as project_id,
       'user-' || lpad((pair % $2 % $4)::text, 24, '0') as user_id,
       'gpt-bench-' || (pair % $2 * 7 + pair / $2 * 13) % $5 || '-2026-01-01' as model
     from generate_series(0, $1::int - 1) pair`,
    [pairs, keys, projects, users, models],
  );
}

const seriesColumns = `org_id, connection_id, stream, key_hash, bucket_width, project_id, user_id, api_key_id, model, line_item, batch,
  service_tier, currency`;
const keyHash = (...parts: string[]) => `decode(md5(concat_ws(' ', $2::uuid, ${parts.join(", ")})), 'hex')`;

async function insertSeries(client: pg.ClientBase, { orgId, connectionId }: FillTarget) {
  await client.query(
    `insert into series (${seriesColumns})
     select $1, $2, 'usage.completions', ${keyHash("'usage'", "pair")}, '1h', project_id, user_id, api_key_id, model, null,
       false, 'default', null from pairs order by pair`,
    [orgId, connectionId],
  );
  await client.query(
    `insert into series (${seriesColumns})
     select distinct on (api_key_id, line_item) $1::uuid, $2::uuid, 'costs.project', ${keyHash("api_key_id", "line_item")}, '1d',
       project_id, null, api_key_id, model, line_item, null::boolean, null, 'usd'
     from pairs, lateral (values (model || ', input'), (model || ', output')) billed (line_item)`,
    [orgId, connectionId],
  );
  await client.query(
    `insert into series (${seriesColumns})
     select distinct on (user_id, line_item) $1::uuid, $2::uuid, 'costs.user', ${keyHash("user_id", "line_item")}, '1d',
       null, user_id, null, model, line_item, null::boolean, null, 'usd'
     from pairs, lateral (values (model || ', input'), (model || ', output')) billed (line_item)`,
    [orgId, connectionId],
  );
  await client.query("analyze series");
}

type Days = readonly [Date, Date];

const days = "generate_series($3::timestamptz, $4::timestamptz - interval '1 day', interval '1 day') day";

/** Every token measure is set, as the provider sends them; figures follow from a hash, the same in every run. */
async function insertUsage(
  client: pg.ClientBase,
  { orgId, streamIds }: FillTarget,
  { range, busyHours }: { range: Days; busyHours: number },
) {
  await client.query(
    `insert into usage_facts (org_id, stream_id, bucket_start, series_id, requests, input_tokens, input_cached_tokens,
       input_uncached_tokens, input_cache_write_tokens, input_text_tokens, input_audio_tokens, input_image_tokens,
       input_cached_text_tokens, input_cached_audio_tokens, input_cached_image_tokens, output_tokens, output_text_tokens,
       output_audio_tokens, output_image_tokens)
     select $1, $2, hour, id, 1 + input / 2000, input, input / 4, input - input / 4, 0, input, 0, 0, input / 4, 0, 0,
       input / 3, input / 3, 0, 0
     from (
       select hour, s.id, 100 + (hashint8(s.id * 10007 + extract(epoch from hour)::bigint) & 262143)::bigint as input
       from series s, ${days},
         lateral (select day + make_interval(hours => ((s.id * 7 + busy * 4 + busy / 6) % 24)::int) as hour
                  from generate_series(0, $5::int - 1) busy) hours
       where s.org_id = $1 and s.stream = 'usage.completions'
     ) facts order by hour, id`,
    [orgId, streamIds.usage, ...range, busyHours],
  );
}

async function insertCosts(client: pg.ClientBase, { orgId, streamIds }: FillTarget, range: Days) {
  await client.query(
    `insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount)
     select $1, $2, day, s.id, (hashint8(s.id * 10007 + extract(epoch from day)::bigint) & 16777215)::numeric / 1e7
     from series s, ${days}
     where s.org_id = $1 and s.stream = 'costs.project' order by day, s.id`,
    [orgId, streamIds.costs, ...range],
  );
  await client.query(
    `insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount)
     select $1, $5, f.bucket_start, u.id, sum(f.amount)
     from cost_facts f
     join series s on s.org_id = $1 and s.id = f.series_id
     join (select distinct api_key_id, user_id from pairs) owners on owners.api_key_id = s.api_key_id
     join series u on u.org_id = $1 and u.stream = 'costs.user' and u.user_id = owners.user_id and u.line_item = s.line_item
     where f.org_id = $1 and f.stream_id = $2 and f.bucket_start >= $3 and f.bucket_start < $4
     group by f.bucket_start, u.id order by f.bucket_start, u.id`,
    [orgId, streamIds.costs, ...range, streamIds.costsByUser],
  );
}
