import { idList } from "../http/lists";
import { type Call, get, type Route } from "../http/router";
import type { AuditEvent, Organization } from "../org/types";

export const auditLogRoutes: Route[] = [get("/organization/audit_logs", listEvents)];

/** Newest first, as the provider lists them. */
function listEvents(call: Call): object {
  const { org, query } = call;
  const tests = [
    matches(query.list("project_ids"), (event) => event.project?.id ?? null),
    matches(query.list("event_types"), (event) => event.type),
    matches(query.list("actor_ids"), (event) => [event.actorUserId, event.actorKeyId]),
    matches(query.list("actor_emails"), (event) => emailOf(org, event)),
    matches(query.list("resource_ids"), (event) => event.resourceId),
    inRange(call),
  ];
  const isTenantOnly = query.boolean("tenant_only") ?? false;
  const events = org.auditEvents.filter(
    (event) => event.type.startsWith("tenant.") === isTenantOnly && tests.every((test) => test(event)),
  );
  const newestFirst = events.sort((left, right) => right.effectiveAt - left.effectiveAt);
  return idList(
    newestFirst.map((event) => renderEvent(org, event)),
    query,
    { max: 100, fallback: 20 },
  );
}

type Test = (event: AuditEvent) => boolean;

function matches(wanted: readonly string[], valueOf: (event: AuditEvent) => string | null | (string | null)[]): Test {
  if (wanted.length === 0) return () => true;
  return (event) => [valueOf(event)].flat().some((value) => value !== null && wanted.includes(value));
}

function inRange(call: Call): Test {
  const bound = (name: string, fallback: number) => call.query.integer(`effective_at[${name}]`) ?? fallback;
  const gt = bound("gt", -Infinity);
  const gte = bound("gte", -Infinity);
  const lt = bound("lt", Infinity);
  const lte = bound("lte", Infinity);
  return ({ effectiveAt }) =>
    effectiveAt > gt && effectiveAt >= gte && effectiveAt < lt && effectiveAt <= lte && effectiveAt <= call.now;
}

function emailOf(org: Organization, event: AuditEvent): string | null {
  return org.users.find((user) => user.id === event.actorUserId)?.email ?? null;
}

function renderEvent(org: Organization, event: AuditEvent): { id: string } & Record<string, unknown> {
  const user = { id: event.actorUserId ?? "", email: emailOf(org, event) ?? "" };
  const session = { user, ip_address: "192.0.2.17", user_agent: "Mozilla/5.0" };
  return {
    id: event.id,
    type: event.type,
    effective_at: event.effectiveAt,
    ...(event.project ? { project: event.project } : {}),
    actor:
      event.actorKeyId === null
        ? { type: "session", session }
        : { type: "api_key", api_key: { id: event.actorKeyId, type: "user", user } },
    [event.type]: event.details,
  };
}
