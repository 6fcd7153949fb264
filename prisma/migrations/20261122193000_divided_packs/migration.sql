-- Divided money is cut to the digits that it needs, no longer to those that it is stored with: what was divided before is packed anew.
DELETE FROM fact_packs p USING streams s
WHERE s.org_id = p.org_id AND s.id = p.stream_id AND s.name LIKE 'costs.%' AND (p.grain = 0 OR p.zone <> 'UTC');
