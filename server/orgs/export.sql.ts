import type { TenantConnection } from "@/server/db/tenant";

export type ExportedTable = {
  table: string;
  /** Columns that hold a secret, or what a secret could be told from. */
  secret?: readonly string[];
  /** Columns that JSON's numbers could not hold to the last digit: written as text. */
  exact?: readonly string[];
  /** Rows of a table that is not the org's, joined for their names. */
  names?: { join: string; columns: readonly string[] };
};

/** Everything of an org, small things first. */
export const exportedTables: readonly ExportedTable[] = [
  { table: "orgs" },
  { table: "memberships", names: { join: "join users u on u.id = t.user_id", columns: ["email", "name"] } },
  { table: "invitations", secret: ["token_hash"] },
  { table: "api_tokens", secret: ["token_hash", "last4"] },
  { table: "org_sso", secret: ["client_secret_sealed"] },
  { table: "org_domains" },
  { table: "saved_views" },
  { table: "anomaly_dismissals" },
  { table: "export_schedules", secret: ["secret_sealed"] },
  { table: "export_runs" },
  { table: "connections", secret: ["key_ciphertext", "key_last4"] },
  { table: "streams" },
  { table: "sync_runs" },
  { table: "sync_run_streams" },
  { table: "directory_items" },
  { table: "directory_aliases" },
  { table: "tag_values" },
  { table: "cost_centers" },
  { table: "cost_center_markups", exact: ["percent"] },
  { table: "allocation_rules" },
  { table: "allocation_shares", exact: ["percent"] },
  { table: "series" },
  { table: "audit_events" },
  { table: "restatements", exact: ["before", "after"] },
  { table: "cost_daily", exact: ["amount"] },
  { table: "usage_daily" },
  { table: "cost_spans", exact: ["amount"] },
  { table: "usage_spans" },
  { table: "usage_priced_daily" },
  { table: "cost_facts", exact: ["amount", "quantity"] },
  { table: "usage_facts" },
  { table: "imports" },
  { table: "import_files", exact: ["amount"] },
  { table: "held_cost_facts", exact: ["amount", "quantity"] },
  { table: "held_usage_facts" },
];

const FETCH_ROWS = 1_000;

/** Lines of JSON, `{"table", "row"}`, a thousand at a time: memory does not grow with the table. */
export async function* readLines(client: TenantConnection, exported: ExportedTable) {
  const { table } = exported;
  const key = table === "orgs" ? "id" : "org_id";
  const columns = await columnsOf(client, exported);
  await client.query(
    `declare exported no scroll cursor for
     select row_to_json(r)::text as row from (
       select ${columns.join(", ")} from ${table} t ${exported.names?.join ?? ""} where t.${key} = (select app_org_id())
     ) r`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${FETCH_ROWS} from exported`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => `{"table":"${table}","row":${row}}`);
  }
  await client.query("close exported");
}

/** Named one by one: to take a secret out of a row that is JSON already takes three times as long. */
async function columnsOf(client: TenantConnection, { table, secret = [], exact = [], names }: ExportedTable) {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> all ($2::text[]) order by attnum`,
    [table, secret],
  );
  const own = rows.map(({ name }) => (exact.includes(name) ? `t.${name}::text as ${name}` : `t.${name}`));
  return [...own, ...(names?.columns ?? []).map((column) => `u.${column}`)];
}
