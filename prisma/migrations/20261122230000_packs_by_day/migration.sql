-- Each window that is stored drops the packs of its days: they are found without looking through all others.
CREATE INDEX "fact_packs_org_id_stream_id_starts_idx" ON "fact_packs"("org_id", "stream_id", "starts");
