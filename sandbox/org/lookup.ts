import { notFound } from "../http/errors";
import type { Call } from "../http/router";
import type { ApiKey, Group, Organization, Role, ServiceAccount, User } from "./types";

/** The user of the path or 404. */
export function findUser(call: Call, id = call.params.user_id ?? ""): User {
  const user = call.org.users.find((item) => item.id === id);
  if (!user) throw notFound("user", id);
  return user;
}

export function findGroup(call: Call, id = call.params.group_id ?? ""): Group {
  const group = call.org.groups.find((item) => item.id === id);
  if (!group) throw notFound("group", id);
  return group;
}

export function findServiceAccount(call: Call, projectId: string): ServiceAccount {
  const id = call.params.service_account_id ?? "";
  const account = call.org.serviceAccounts.find((item) => item.id === id && item.projectId === projectId);
  if (!account) throw notFound("service account", id);
  return account;
}

/** Takes one item out of a list in place; false when it was not there. */
export function removeWhere<Item>(list: Item[], test: (item: Item) => boolean): boolean {
  const index = list.findIndex(test);
  if (index < 0) return false;
  list.splice(index, 1);
  return true;
}

/** Deletes API keys: they open nothing and make no calls from now on; what they did stays in history. */
export function deleteKeys(org: Organization, now: number, test: (key: ApiKey) => boolean): void {
  for (const key of org.apiKeys.filter(test)) {
    org.stoppedKeys.set(key.id, now);
    removeWhere(org.apiKeys, (item) => item === key);
    removeWhere(org.adminKeys, (item) => item.id === key.id);
  }
  org.revision += 1;
}

export function renderRole(role: Role): { id: string } & Record<string, unknown> {
  return {
    object: "role",
    id: role.id,
    name: role.name,
    description: role.description,
    permissions: role.permissions,
    resource_type: role.resourceType,
    predefined_role: role.isPredefined,
  };
}
