import type pg from "pg";

export type FillTarget = {
  orgId: string;
  connectionId: string;
  streamIds: { usage: number; costs: number };
  /** First day. */
  start: Date;
  days: number;
};

/** Rows of either kind a day. */
export const ROWS_A_DAY = 24_000;
const USAGE_SERIES = ROWS_A_DAY / 24;
const DAYS_AT_ONCE = 30;

/** Facts of usage by the hour and of costs by the day, as many of each, written by PostgreSQL itself. */
export async function fillFacts(client: pg.ClientBase, target: FillTarget) {
  await insertSeries(client, target, { stream: "usage.completions", width: "1h", count: USAGE_SERIES });
  await insertSeries(client, target, { stream: "costs.project", width: "1d", count: ROWS_A_DAY });
  for (let day = 0; day < target.days; day += DAYS_AT_ONCE) {
    const end = Math.min(day + DAYS_AT_ONCE, target.days);
    await insertFacts(client, target, [dayOf(target, day), dayOf(target, end)]);
  }
  await client.query("vacuum (analyze) series, usage_facts, cost_facts");
}

const dayOf = ({ start }: FillTarget, day: number) => new Date(start.getTime() + day * 86_400_000);

type Series = { stream: string; width: string; count: number };

const insertSeries = (client: pg.ClientBase, { orgId, connectionId }: FillTarget, { stream, width, count }: Series) =>
  client.query(
    `insert into series (org_id, connection_id, stream, key_hash, bucket_width, project_id, user_id, api_key_id, model,
       line_item, batch, service_tier, currency, quantity_unit)
     select $1, $2, $3::text, decode(md5($3 || n), 'hex'), $4, 'proj_' || n % 50, case when $4 = '1h' then 'user_' || n % 400 end,
       'key_' || n, 'gpt-bench-' || n % 40, case when $4 = '1d' then 'gpt-bench-' || n % 40 || ', input' end,
       case when $4 = '1h' then false end, case when $4 = '1h' then 'default' end, case when $4 = '1d' then 'usd' end,
       case when $4 = '1d' then 'tokens' end
     from generate_series(1, $5::int) n`,
    [orgId, connectionId, stream, width, count],
  );

async function insertFacts(client: pg.ClientBase, { orgId, streamIds }: FillTarget, range: [Date, Date]) {
  await client.query(
    `insert into usage_facts (org_id, stream_id, bucket_start, series_id, requests, input_tokens, input_cached_tokens,
       input_uncached_tokens, output_tokens)
     select $1, $2, hour, id, 1 + id % 7, 1000 + id, 200, 800 + id, 300 + id % 11
     from series s, generate_series($3::timestamptz, $4::timestamptz - interval '1 hour', interval '1 hour') hour
     where s.org_id = $1 and s.stream = 'usage.completions' order by hour, id`,
    [orgId, streamIds.usage, ...range],
  );
  await client.query(
    `insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount, quantity)
     select $1, $2, day, id, (1 + id % 9973) / 1e7, 1000 + id
     from series s, generate_series($3::timestamptz, $4::timestamptz - interval '1 day', interval '1 day') day
     where s.org_id = $1 and s.stream = 'costs.project' order by day, id`,
    [orgId, streamIds.costs, ...range],
  );
}
