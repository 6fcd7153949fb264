-- Before PostgreSQL 15 everybody may create objects in schema public, which the system functions look into. Where this role
-- may not take that away it is a warning, and the processes say at their start what an administrator has to do.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- The start: do the master keys open what was wrapped with them? One wrapped key for each of them, useless without.
CREATE FUNCTION system_data_key_samples()
  RETURNS TABLE (org_id uuid, version int, master_key_version text, wrapped_key bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (k.master_key_version) k.org_id, k.version, k.master_key_version, k.wrapped_key
  FROM org_data_keys k ORDER BY k.master_key_version, k.created_at DESC
$$;
REVOKE ALL ON FUNCTION system_data_key_samples() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_data_key_samples() TO tollkeeper_app;
