import { secondsPerDay } from "../clock";
import { mix, stableId } from "../generate/hash";
import type { AuditEvent, Organization } from "./types";

/** The audit log that the organization's past would have left. */
export function seedAudit(org: Organization): void {
  const owner = org.users[0]?.id ?? null;
  const add = (
    type: string,
    effectiveAt: number,
    event: Partial<AuditEvent> & { details: Record<string, unknown> },
  ) => {
    const id = stableId("audit_log-", `${org.id}|${type}|${effectiveAt}|${org.auditEvents.length}`);
    org.auditEvents.push({
      id,
      type,
      effectiveAt,
      project: null,
      actorUserId: owner,
      actorKeyId: null,
      resourceId: null,
      ...event,
    });
  };
  for (const project of org.projects) {
    const where = { project: { id: project.id, name: project.name }, resourceId: project.id };
    add("project.created", project.createdAt, {
      ...where,
      details: { id: project.id, data: { name: project.name, title: project.name } },
    });
    if (project.archivedAt !== null)
      add("project.archived", project.archivedAt, { ...where, details: { id: project.id } });
  }
  for (const user of org.users) {
    add("user.added", user.addedAt, { resourceId: user.id, details: { id: user.id, data: { role: user.role } } });
    for (let index = 0; index < 3; index += 1) {
      const at = user.addedAt + (60 + (mix(org.seed, user.addedAt + index) % 300)) * secondsPerDay;
      add("login.succeeded", at, { actorUserId: user.id, resourceId: user.id, details: {} });
    }
  }
  for (const account of org.serviceAccounts) {
    const project = org.projects.find((item) => item.id === account.projectId);
    const where = { project: project ? { id: project.id, name: project.name } : null, resourceId: account.id };
    add("service_account.created", account.createdAt, {
      ...where,
      details: { id: account.id, data: { role: account.role } },
    });
  }
  for (const key of org.apiKeys) {
    add("api_key.created", key.createdAt, {
      resourceId: key.id,
      details: { id: key.id, data: { scopes: key.scopes } },
    });
  }
  const tenantAt = (org.projects[0]?.createdAt ?? 0) + secondsPerDay;
  add("tenant.admin_api_key.created", tenantAt, { resourceId: org.id, details: { id: org.id } });
}
