import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { deleteKeys, findServiceAccount, removeWhere } from "../org/lookup";
import type { AdminKey, ApiKey, ServiceAccount } from "../org/types";
import { findActiveProject } from "./projects";
import { recordAudit } from "./record-audit";

const list = "/organization/projects/{project_id}/service_accounts";
const one = `${list}/{service_account_id}`;

export const serviceAccountRoutes: Route[] = [
  get(list, (call) => {
    const project = findActiveProject(call);
    const accounts = call.org.serviceAccounts
      .filter((item) => item.projectId === project.id)
      .map((item) => renderAccount(item));
    return idList(accounts, call.query, { max: 100, fallback: 20 });
  }),
  post(list, createAccount),
  get(one, (call) => renderAccount(findServiceAccount(call, findActiveProject(call).id))),
  post(one, updateAccount),
  del(one, deleteAccount),
  post(`${one}/api_keys`, createKey),
];

function renderAccount(account: ServiceAccount): { id: string } & Record<string, unknown> {
  const { id, name, role, createdAt } = account;
  return { object: "organization.project.service_account", id, name, role, created_at: createdAt };
}

function createAccount(call: Call): object {
  const project = findActiveProject(call);
  const name = required(call.body.text("name"), "name");
  const isBare = call.body.boolean("create_service_account_only") ?? false;
  const id = stableId("svc_acct_", `${project.id}|${call.org.serviceAccounts.length}|${name}|${call.now}`);
  const account: ServiceAccount = {
    id,
    projectId: project.id,
    name,
    role: isBare ? "none" : "member",
    createdAt: call.now,
  };
  call.org.serviceAccounts.push(account);
  recordAudit(call, "service_account.created", {
    project,
    resourceId: id,
    details: { id, data: { role: account.role } },
  });
  return { ...renderAccount(account), api_key: isBare ? null : issueKey(call, account, "Secret Key") };
}

function updateAccount(call: Call): object {
  const project = findActiveProject(call);
  const account = findServiceAccount(call, project.id);
  account.name = call.body.text("name") ?? account.name;
  account.role = call.body.oneOf("role", ["member", "owner"]) ?? account.role;
  const changes = { role: account.role };
  recordAudit(call, "service_account.updated", {
    project,
    resourceId: account.id,
    details: { id: account.id, changes_requested: changes },
  });
  return renderAccount(account);
}

function deleteAccount(call: Call): object {
  const project = findActiveProject(call);
  const account = findServiceAccount(call, project.id);
  removeWhere(call.org.serviceAccounts, (item) => item === account);
  deleteKeys(call.org, call.now, (key) => key.owner.id === account.id);
  recordAudit(call, "service_account.deleted", { project, resourceId: account.id, details: { id: account.id } });
  return { object: "organization.project.service_account.deleted", id: account.id, deleted: true };
}

function createKey(call: Call): object {
  const account = findServiceAccount(call, findActiveProject(call).id);
  return issueKey(call, account, call.body.text("name") ?? "Secret Key");
}

/** Makes a key; its value is shown in this answer and never again. */
function issueKey(call: Call, account: ServiceAccount, name: string): object {
  const seconds = call.body.integer("expires_in_seconds");
  if (seconds !== undefined && seconds < 1)
    throw badRequest("'expires_in_seconds' must be positive.", "expires_in_seconds", "integer_below_min_value");
  const label = `${account.id}|${call.org.apiKeys.length}|${name}|${call.now}`;
  const value = `sk-svcacct-${stableId("", label, 48)}`;
  const key: ApiKey = {
    id: stableId("key_", label, 16),
    projectId: account.projectId,
    name,
    redactedValue: `sk-svcacct-${"*".repeat(12)}${value.slice(-4)}`,
    createdAt: call.now,
    expiresAt: seconds === undefined ? null : call.now + seconds,
    owner: { type: "service_account", id: account.id },
    ownerProjectAccess: "active",
    scopes: call.body.texts("scopes") ?? [],
  };
  call.org.apiKeys.push(key);
  call.org.adminKeys.push(asCredential(key, value));
  recordAudit(call, "api_key.created", { resourceId: key.id, details: { id: key.id, data: { scopes: key.scopes } } });
  return {
    object: "organization.project.service_account.api_key",
    id: key.id,
    value,
    name,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
  };
}

/** The key as something to sign in with: known here, but of a kind that the admin API refuses. */
function asCredential(key: ApiKey, value: string): AdminKey {
  const { id, name, createdAt, expiresAt } = key;
  const nothing = { scopes: [], lastUsedAt: null, ownerUserId: null, isRevoked: false };
  return { id, name, value, kind: "project", createdAt, expiresAt, ...nothing };
}
