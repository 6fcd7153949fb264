-- What the audit log is filtered by: what was done, who did it, and to what; newest first each.
CREATE INDEX "audit_events_org_id_action_at_idx" ON "audit_events"("org_id", "action", "at" DESC);
CREATE INDEX "audit_events_org_id_actor_type_actor_id_at_idx" ON "audit_events"("org_id", "actor_type", "actor_id", "at" DESC);
CREATE INDEX "audit_events_org_id_target_id_at_idx" ON "audit_events"("org_id", "target_id", "at" DESC);
