-- Erasing a connection's history is work for a job: asked for here, done when the row is gone.
ALTER TABLE connections ADD COLUMN erase_requested_at TIMESTAMPTZ;
CREATE INDEX connections_erasing ON connections (erase_requested_at) WHERE erase_requested_at IS NOT NULL;

-- A deleted connection forgets the end of its key as well.
ALTER TABLE connections ALTER COLUMN key_last4 DROP NOT NULL;
UPDATE connections SET key_last4 = NULL WHERE status = 'deleted';

-- Deleting a series looks for its restatements.
CREATE INDEX restatements_org_id_series_id_idx ON restatements (org_id, series_id);

-- Deleting an organization would take its audit history along. That is for the database's owner, not for the application.
REVOKE DELETE ON orgs FROM tollkeeper_app;

-- The sweep: erasures whose job was lost (a killed worker, an emptied queue) and must be queued again.
CREATE FUNCTION system_pending_erasures(before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, connection_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.org_id, c.id FROM connections c
  WHERE c.erase_requested_at < before
  ORDER BY c.erase_requested_at LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION system_pending_erasures(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_pending_erasures(timestamptz, int) TO tollkeeper_app;
