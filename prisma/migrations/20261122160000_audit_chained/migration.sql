-- What is written from now on stands in the chain: rows without a place in it are of before there was one, and nobody adds
-- another. NOT VALID leaves those alone.
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_chained"
  CHECK ("seq" IS NOT NULL AND "prev_hash" IS NOT NULL AND "hash" IS NOT NULL) NOT VALID;
