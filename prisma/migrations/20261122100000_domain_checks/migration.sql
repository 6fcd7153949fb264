-- Since when the daily check of a verified domain has failed without success in between, and what the newest check of a
-- domain found wrong.
ALTER TABLE "org_domains" ADD COLUMN "failing_since" TIMESTAMPTZ, ADD COLUMN "failure" TEXT;

-- ---------------------------------------------------------------- by hand: what Prisma cannot know

-- The daily check: which verified domains were not looked at since then, the longest waiting first?
CREATE FUNCTION system_domains_to_check(checked_before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, domain text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.org_id, d.domain
  FROM org_domains d JOIN orgs o ON o.id = d.org_id
  WHERE d.verified_at IS NOT NULL AND coalesce(d.checked_at, d.verified_at) <= checked_before AND org_is_open(o.delete_after)
  ORDER BY coalesce(d.checked_at, d.verified_at) LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION system_domains_to_check(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_domains_to_check(timestamptz, int) TO tollkeeper_app;
