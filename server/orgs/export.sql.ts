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
  { table: "connections", secret: ["key_ciphertext", "key_last4"] },
  { table: "streams" },
  { table: "sync_runs" },
  { table: "sync_run_streams" },
  { table: "directory_items" },
  { table: "series" },
  { table: "audit_events" },
  { table: "restatements", exact: ["before", "after"] },
  { table: "cost_daily", exact: ["amount"] },
  { table: "usage_daily" },
  { table: "cost_facts", exact: ["amount", "quantity"] },
  { table: "usage_facts" },
];

const FETCH_ROWS = 2_000;

/** Lines of JSON, `{"table", "row"}`, a few thousand at a time: memory does not grow with the table. */
export async function* readLines(client: TenantConnection, exported: ExportedTable) {
  const key = exported.table === "orgs" ? "id" : "org_id";
  await client.query(
    `declare exported no scroll cursor for
     select json_build_object('table', '${exported.table}', 'row', ${rowExpression(exported)})::text as line
     from ${exported.table} t ${exported.names?.join ?? ""} where t.${key} = (select app_org_id())`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${FETCH_ROWS} from exported`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query("close exported");
}

function rowExpression({ secret = [], exact = [], names }: ExportedTable): string {
  const fields = [
    ...exact.map((column) => `'${column}', t.${column}::text`),
    ...(names?.columns ?? []).map((column) => `'${column}', u.${column}`),
  ];
  const without = secret.map((column) => ` - '${column}'`).join("");
  return `(to_jsonb(t)${without}${fields.length > 0 ? ` || jsonb_build_object(${fields.join(", ")})` : ""})`;
}
