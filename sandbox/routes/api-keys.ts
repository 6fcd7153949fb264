import { secondsPerDay } from "../clock";
import { mix, unit } from "../generate/hash";
import { badRequest, notFound } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { deleteKeys } from "../org/lookup";
import type { ApiKey, Organization } from "../org/types";
import { membersOf } from "./project-users";
import { findProject } from "./projects";
import { recordAudit } from "./record-audit";

const list = "/organization/projects/{project_id}/api_keys";
const one = `${list}/{api_key_id}`;

export const apiKeyRoutes: Route[] = [
  get(list, listKeys),
  get(one, (call) => renderKey(call, findKey(call))),
  post(one, updateKey),
  del(one, deleteKey),
];

function listKeys(call: Call): object {
  const project = findProject(call);
  // Without the parameter the provider hides keys whose owner lost access to the project.
  const wanted = call.query.oneOf("owner_project_access", ["active", "inactive", "any"], "active");
  const keys = call.org.apiKeys.filter(
    (key) => key.projectId === project.id && (wanted === "any" || key.ownerProjectAccess === wanted),
  );
  const rendered = keys.map((key) => renderKey(call, key));
  return idList(rendered, call.query, { max: 100, fallback: 20 });
}

function findKey(call: Call): ApiKey {
  const project = findProject(call);
  const id = call.params.api_key_id ?? "";
  const key = call.org.apiKeys.find((item) => item.id === id && item.projectId === project.id);
  if (!key) throw notFound("api key", id);
  return key;
}

function renderKey(call: Call, key: ApiKey): { id: string } & Record<string, unknown> {
  return {
    object: "organization.project.api_key",
    id: key.id,
    name: key.name,
    redacted_value: key.redactedValue,
    created_at: key.createdAt,
    last_used_at: lastUsed(call, key),
    expires_at: key.expiresAt,
    owner_project_access: key.ownerProjectAccess,
    owner: renderOwner(call.org, key),
  };
}

function renderOwner(org: Organization, key: ApiKey): object {
  const { type, id } = key.owner;
  if (type === "service_account") {
    const account = org.serviceAccounts.find((item) => item.id === id);
    const service_account = {
      id,
      name: account?.name ?? "",
      created_at: account?.createdAt ?? key.createdAt,
      role: account?.role ?? "member",
    };
    return { type, service_account };
  }
  const user = org.users.find((item) => item.id === id);
  const role = membersOf(org, key.projectId).find((item) => item.userId === id)?.role ?? "member";
  const email = user?.email ?? "";
  return { type, user: { id, email, name: user?.name ?? email, created_at: user?.addedAt ?? key.createdAt, role } };
}

/** When the key's latest stream of calls was last heard of: minutes ago while it flows, null if it never did. */
function lastUsed(call: Call, key: ApiKey): number | null {
  const today = Math.floor(call.now / secondsPerDay);
  const stopped = call.org.stoppedKeys.get(key.id) ?? Infinity;
  let latest: number | null = null;
  for (const series of call.org.series) {
    if (series.dimensions.api_key_id !== key.id || series.fromDay > today) continue;
    const end = Math.min(call.now, stopped, series.toDay * secondsPerDay);
    const gap = series.activeShare < 1 ? secondsPerDay : 600;
    const used = Math.max(key.createdAt, Math.floor(end - gap * unit(mix(series.hash, Math.floor(end / 600)))));
    latest = Math.max(latest ?? 0, used);
  }
  return latest;
}

function updateKey(call: Call): object {
  const key = findKey(call);
  const { body } = call;
  const scopes = body.texts("scopes");
  const seconds = body.integer("expires_in_seconds");
  if (scopes === undefined && seconds === undefined)
    throw badRequest("Give 'scopes' or 'expires_in_seconds'.", "scopes", "missing_required_parameter");
  if (key.expiresAt !== null && key.expiresAt <= call.now) throw badRequest("An expired key cannot be changed.");
  if (seconds !== undefined && seconds < 1)
    throw badRequest("'expires_in_seconds' must be positive.", "expires_in_seconds", "integer_below_min_value");
  key.scopes = scopes ?? key.scopes;
  key.expiresAt = seconds === undefined ? key.expiresAt : call.now + seconds;
  recordAudit(call, "api_key.updated", {
    resourceId: key.id,
    details: { id: key.id, changes_requested: { scopes: key.scopes } },
  });
  return renderKey(call, key);
}

function deleteKey(call: Call): object {
  const key = findKey(call);
  deleteKeys(call.org, call.now, (item) => item === key);
  recordAudit(call, "api_key.deleted", { resourceId: key.id, details: { id: key.id } });
  return { object: "organization.project.api_key.deleted", id: key.id, deleted: true };
}
