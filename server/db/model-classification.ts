/**
 * What each table is. A table that is missing here, or a tenant table without policy, fails the guard tests.
 * tenant: has org_id, leads its keys with it, is protected by row level security. org: the tenant itself.
 * global: belongs to a person or to the installation, not to a tenant; reached only through server/auth and server/mail.
 */
export const modelClassification = {
  users: "global",
  user_sessions: "global",
  user_identities: "global",
  two_factors: "global",
  recovery_codes: "global",
  one_time_tokens: "global",
  account_events: "global",
  installation_keys: "global",
  mails: "global",
  throttle_hits: "global",
  orgs: "org",
  memberships: "tenant",
  org_data_keys: "tenant",
  audit_events: "tenant",
  audit_heads: "tenant",
  invitations: "tenant",
  api_tokens: "tenant",
  org_sso: "tenant",
  org_domains: "tenant",
  connections: "tenant",
  streams: "tenant",
  sync_runs: "tenant",
  sync_run_streams: "tenant",
  restatements: "tenant",
  directory_items: "tenant",
  series: "tenant",
  cost_facts: "tenant",
  usage_facts: "tenant",
  cost_daily: "tenant",
  usage_daily: "tenant",
  cost_monthly: "tenant",
  usage_monthly: "tenant",
} as const satisfies Record<string, "tenant" | "org" | "global">;
