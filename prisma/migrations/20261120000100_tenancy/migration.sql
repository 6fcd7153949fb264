-- The application's role: owns nothing, cannot bypass row level security. The start command gives it a password.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollkeeper_app') THEN
    CREATE ROLE tollkeeper_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- roles are per cluster; another database was faster
END $$;

GRANT USAGE ON SCHEMA public TO tollkeeper_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tollkeeper_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tollkeeper_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tollkeeper_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tollkeeper_app;
REVOKE UPDATE, DELETE ON audit_events FROM tollkeeper_app; -- history is appended, never edited
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON _prisma_migrations FROM tollkeeper_app;
  END IF;
END $$;

-- The tenant of this transaction, set by server/db with set_config('app.org_id', ..., true). Unset: no row is visible.
CREATE FUNCTION app_org_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.org_id', true), '')::uuid $$;

ALTER TABLE orgs ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON orgs USING (id = (SELECT app_org_id())) WITH CHECK (id = (SELECT app_org_id()));

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'memberships', 'org_data_keys', 'audit_events', 'connections', 'streams', 'sync_runs', 'sync_run_streams',
    'restatements', 'directory_items', 'series', 'cost_facts', 'usage_facts', 'cost_daily', 'usage_daily'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()))',
      tenant_table);
  END LOOP;
END $$;

-- One connection per OpenAI organization and base URL; a deleted one makes room.
CREATE UNIQUE INDEX connections_live_openai_org ON connections (org_id, base_url, openai_org_id) WHERE status <> 'deleted';
-- One unfinished run per connection and kind: a double click meets the run that is already there.
CREATE UNIQUE INDEX sync_runs_unfinished ON sync_runs (org_id, connection_id, kind) WHERE state IN ('queued', 'running');
-- What the sweep looks for.
CREATE INDEX connections_due ON connections (least(next_recent_at, next_trailing_at, next_directory_at)) WHERE status = 'active';

-- ---------------------------------------------------------------- the narrow system path
-- The only reads across tenants, each returning ids and what its one caller needs, never figures or secrets.

-- Sign-in and every request: is this person a member of the org in the URL, and in which role?
CREATE FUNCTION system_membership(for_user uuid, for_slug text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, role role)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, m.role
  FROM orgs o JOIN memberships m ON m.org_id = o.id
  WHERE m.user_id = for_user AND o.slug = for_slug
$$;

-- The organization switcher.
CREATE FUNCTION system_memberships(for_user uuid)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, role role)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, m.role
  FROM orgs o JOIN memberships m ON m.org_id = o.id
  WHERE m.user_id = for_user ORDER BY lower(o.name), o.slug
$$;

-- The operator's commands name an org by slug.
CREATE FUNCTION system_org_by_slug(for_slug text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone FROM orgs o WHERE o.slug = for_slug
$$;

-- Jobs hold an org's id only; a job of an org that is gone finds nothing.
CREATE FUNCTION system_org_by_id(for_id uuid)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone FROM orgs o WHERE o.id = for_id
$$;

-- Operator commands that walk all orgs one after another (key rotation, rebuilding roll-ups).
CREATE FUNCTION system_org_ids() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM orgs ORDER BY id
$$;

-- The sweep: which connections are due for which kind of sync?
CREATE FUNCTION system_due_connections(at timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, connection_id uuid, kind sync_run_kind)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.org_id, c.id, due.kind
  FROM connections c
  CROSS JOIN LATERAL (VALUES
    ('directory'::sync_run_kind, c.next_directory_at),
    ('trailing'::sync_run_kind, c.next_trailing_at),
    ('recent'::sync_run_kind, c.next_recent_at)) AS due (kind, next_at)
  WHERE c.status = 'active' AND least(c.next_recent_at, c.next_trailing_at, c.next_directory_at) <= at
    AND due.next_at <= at
  ORDER BY due.next_at LIMIT max_rows
$$;

-- The sweep: runs whose job was lost (a killed worker, an emptied queue) and must be queued again.
CREATE FUNCTION system_stalled_runs(before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, run_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.org_id, r.id FROM sync_runs r
  WHERE r.state IN ('queued', 'running') AND r.heartbeat_at < before
  ORDER BY r.heartbeat_at LIMIT max_rows
$$;

REVOKE ALL ON FUNCTION system_membership(uuid, text), system_memberships(uuid), system_org_by_slug(text),
  system_org_by_id(uuid), system_org_ids(), system_due_connections(timestamptz, int),
  system_stalled_runs(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_membership(uuid, text), system_memberships(uuid), system_org_by_slug(text),
  system_org_by_id(uuid), system_org_ids(), system_due_connections(timestamptz, int),
  system_stalled_runs(timestamptz, int) TO tollkeeper_app;
