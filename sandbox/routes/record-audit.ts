import { stableId } from "../generate/hash";
import type { Call } from "../http/router";
import type { Project } from "../org/types";

interface AuditInput {
  project?: Project | undefined;
  resourceId: string;
  details: Record<string, unknown>;
}

/** Notes a change made through the API. As at the provider, an admin key acts on the default project. */
export function recordAudit(call: Call, type: string, input: AuditInput): void {
  const { org, key, now } = call;
  const project = input.project ?? org.projects.find((item) => item.isDefault);
  org.auditEvents.push({
    id: stableId("audit_log-", `${org.id}|${org.auditEvents.length}|${type}`),
    type,
    effectiveAt: now,
    project: project ? { id: project.id, name: project.name } : null,
    actorUserId: key.ownerUserId,
    actorKeyId: key.id,
    resourceId: input.resourceId,
    details: input.details,
  });
}
