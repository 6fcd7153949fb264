import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { idList, ordered } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import type { AdminKey, Organization } from "../org/types";
import { recordAudit } from "./record-audit";

export const adminKeyRoutes: Route[] = [
  get("/organization/admin_api_keys", (call) => {
    const keys = ordered(listed(call.org), call.query).map((key) => renderAdminKey(call.org, key));
    return idList(keys, call.query, { max: 100, fallback: 20 });
  }),
  post("/organization/admin_api_keys", createKey),
  get("/organization/admin_api_keys/{key_id}", (call) => renderAdminKey(call.org, findAdminKey(call))),
  del("/organization/admin_api_keys/{key_id}", deleteKey),
];

function listed(org: Organization): AdminKey[] {
  return org.adminKeys.filter((key) => key.kind === "admin" && !key.isRevoked);
}

function findAdminKey(call: Call): AdminKey {
  const id = call.params.key_id ?? "";
  const key = listed(call.org).find((item) => item.id === id);
  if (!key) throw notFound("admin api key", id);
  return key;
}

function renderAdminKey(org: Organization, key: AdminKey): { id: string } & Record<string, unknown> {
  const owner = org.users.find((user) => user.id === key.ownerUserId);
  return {
    object: "organization.admin_api_key",
    id: key.id,
    name: key.name,
    redacted_value: `${key.value.slice(0, 9)}...${key.value.slice(-4)}`,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
    owner: {
      type: "user",
      object: "organization.user",
      id: owner?.id ?? key.ownerUserId ?? "",
      name: owner?.name ?? "",
      created_at: owner?.addedAt ?? key.createdAt,
      role: "owner",
    },
  };
}

function createKey(call: Call): object {
  const { body, org, now } = call;
  const name = required(body.text("name"), "name");
  const seconds = body.integer("expires_in_seconds");
  if (seconds !== undefined && (seconds < 1 || seconds > 31_536_000)) {
    throw badRequest("'expires_in_seconds' must be between 1 and 31536000.", "expires_in_seconds", "invalid_value");
  }
  const label = `${org.id}|${name}|${org.adminKeys.length}|${now}`;
  const key: AdminKey = {
    id: stableId("key_", label, 16),
    name,
    value: `sk-admin-${stableId("", label, 48)}`,
    kind: "admin",
    scopes: ["api.usage.read", "api.management.read", "api.management.write"],
    createdAt: now,
    expiresAt: seconds === undefined ? null : now + seconds,
    lastUsedAt: null,
    ownerUserId: call.key.ownerUserId,
    isRevoked: false,
  };
  org.adminKeys.push(key);
  recordAudit(call, "api_key.created", { resourceId: key.id, details: { id: key.id, data: { scopes: [] } } });
  return { ...renderAdminKey(org, key), value: key.value };
}

function deleteKey(call: Call): object {
  const key = findAdminKey(call);
  key.isRevoked = true;
  recordAudit(call, "api_key.deleted", { resourceId: key.id, details: { id: key.id } });
  return { id: key.id, object: "organization.admin_api_key.deleted", deleted: true };
}
