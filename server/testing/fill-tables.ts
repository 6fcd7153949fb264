import type pg from "pg";
import { makeConnection, type TestOrg } from "@/server/testing/factories";

/** One row in every tenant table of an org, written as the owner, who is not bound by policies. */
export async function fillTables(owner: pg.Pool, org: TestOrg) {
  const connectionId = await makeConnection(org);
  const query = (text: string, values: unknown[]) => owner.query(text, values);
  const stream = await query(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, 'costs.project', '{}') returning id",
    [org.id, connectionId],
  );
  const streamId = stream.rows[0].id;
  const series = await query(
    "insert into series (org_id, connection_id, stream, key_hash, bucket_width, currency) values ($1, $2, 'costs.project', '\\x01', '1d', 'usd') returning id",
    [org.id, connectionId],
  );
  const seriesId = series.rows[0].id;
  const runId = "0190aaaa-0000-7000-8000-000000000001";
  await query(
    "insert into sync_runs (org_id, id, connection_id, kind, trigger) values ($1, $2, $3, 'recent', 'user')",
    [org.id, runId, connectionId],
  );
  await query("insert into sync_run_streams (org_id, run_id, name) values ($1, $2, 'costs.project')", [org.id, runId]);
  await query(
    "insert into restatements (org_id, stream_id, series_id, bucket_start, measure) values ($1, $2, $3, now(), 'amount')",
    [org.id, streamId, seriesId],
  );
  await query(
    "insert into directory_items (org_id, connection_id, kind, id, data) values ($1, $2, 'project', 'proj_1', '{}')",
    [org.id, connectionId],
  );
  await query(
    "insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount) values ($1, $2, now(), $3, 1)",
    [org.id, streamId, seriesId],
  );
  await query("insert into usage_facts (org_id, stream_id, bucket_start, series_id) values ($1, $2, now(), $3)", [
    org.id,
    streamId,
    seriesId,
  ]);
  await query(
    "insert into cost_daily (org_id, dimension, day, key, stream_id, amount) values ($1, 0, now(), '', $2, 1)",
    [org.id, streamId],
  );
  await query(
    "insert into invitations (org_id, id, email, role, token_hash, expires_at) values ($1, $2, 'x@example.com', 'reader', $3, now())",
    [org.id, runId, `hash-of-${org.id}`],
  );
  await query("insert into api_tokens (org_id, id, name, token_hash, last4) values ($1, $2, 'x', $3, '0000')", [
    org.id,
    runId,
    `hash-of-${org.id}`,
  ]);
  await query(
    "insert into org_sso (org_id, issuer, client_id, client_secret_sealed, updated_at) values ($1, 'https://x.example', 'x', '\\x01', now())",
    [org.id],
  );
  await query("insert into org_domains (org_id, domain, challenge) values ($1, 'example.com', 'x')", [org.id]);
  await query(
    "insert into cost_spans (org_id, dimension, span, starts, key, stream_id, amount, days) values ($1, 0, 2, now(), '', $2, 1, 1)",
    [org.id, streamId],
  );
  await query(
    `insert into usage_spans (org_id, dimension, span, starts, key, stream_id, requests, input_tokens, input_cached_tokens,
       output_tokens, quantity, days) values ($1, 0, 2, now(), '', $2, 0, 0, 0, 0, 0, 1)`,
    [org.id, streamId],
  );
  await query(
    "insert into saved_views (org_id, id, owner_id, name, search, updated_at) values ($1, $2, $2, 'x', '', now())",
    [org.id, runId],
  );
  await query(
    "insert into directory_aliases (org_id, kind, item_id, name, updated_at) values ($1, 'project', 'proj_1', 'x', now())",
    [org.id],
  );
  await query(
    "insert into tag_values (org_id, kind, item_id, tag_key, from_day, value) values ($1, 'project', 'proj_1', 'team', now(), 'x')",
    [org.id],
  );
  await query("insert into cost_centers (org_id, id, name) values ($1, $2, 'x')", [org.id, runId]);
  await query("insert into cost_center_markups (org_id, cost_center_id, from_day, percent) values ($1, $2, now(), 5)", [
    org.id,
    runId,
  ]);
  await query(
    "insert into allocation_rules (org_id, kind, item_id, from_day, method) values ($1, 'project', 'proj_1', '2026-01-01', 'fixed')",
    [org.id],
  );
  await query(
    `insert into allocation_shares (org_id, kind, item_id, from_day, cost_center_id, percent)
     values ($1, 'project', 'proj_1', '2026-01-01', $2, 100)`,
    [org.id, runId],
  );
  await query("insert into anomaly_dismissals (org_id, dimension, key, day, reason) values ($1, 0, '', now(), 'x')", [
    org.id,
  ]);
  await query(
    "insert into fact_packs (org_id, stream_id, grain, zone, starts, name, data) values ($1, $2, 1, 'UTC', now(), 'series', '')",
    [org.id, streamId],
  );
  await query("insert into day_digests (org_id, stream_id, day, digest) values ($1, $2, now(), '')", [
    org.id,
    streamId,
  ]);
  await query("insert into usage_priced_daily values ($1, now(), $2, '', false, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)", [
    org.id,
    streamId,
  ]);
  await query(
    `insert into export_schedules (org_id, id, name, search, frequency, hour, target, updated_at)
     values ($1, $2, 'x', '', 'day', 6, '{}', now())`,
    [org.id, runId],
  );
  await query(
    "insert into export_runs (org_id, id, search, from_day, to_day) values ($1, $2, '', '2026-10-01', '2026-10-02')",
    [org.id, runId],
  );
  const importId = "0190aaaa-0000-7000-8000-000000000002";
  await query("insert into imports (org_id, id) values ($1, $2)", [org.id, importId]);
  await query(
    "insert into import_files (org_id, id, import_id, position, name, bytes, sha256, format, rows) values ($1, $2, $2, 0, 'x', 1, 'x', 'openai_costs_json', 1)",
    [org.id, importId],
  );
  await query(
    "insert into held_cost_facts (org_id, stream_id, bucket_start, series_id, amount) values ($1, $2, now(), $3, 1)",
    [org.id, streamId, seriesId],
  );
  await query("insert into held_usage_facts (org_id, stream_id, bucket_start, series_id) values ($1, $2, now(), $3)", [
    org.id,
    streamId,
    seriesId,
  ]);
  await query("insert into usage_daily (org_id, dimension, day, key, stream_id) values ($1, 0, now(), '', $2)", [
    org.id,
    streamId,
  ]);
}
