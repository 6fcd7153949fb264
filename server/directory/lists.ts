import type { ProviderClient } from "@/server/openai/client";
import * as openai from "@/server/openai/directory";

/** What an item of the directory is. Stored: never rename, only add. */
export type DirectoryKind =
  | "project"
  | "user"
  | "invite"
  | "group"
  | "group_user"
  | "role"
  | "admin_key"
  | "spend_limit"
  | "spend_alert"
  | "project_user"
  | "service_account"
  | "api_key"
  | "project_group"
  | "project_role"
  | "rate_limit"
  /** Of a project, as imported files have it; the provider has none. */
  | "budget";

type Item = { id: string; name: string | null; data: object };

/**
 * A list of the provider's directory. One call serves all of an organization's lists; what hangs on a project or a
 * group is asked per parent, because the provider has no other way.
 */
export type ListDefinition = {
  kind: DirectoryKind;
  parents: "none" | "project" | "group";
  /** Names for people; the provider's objects spell them differently. */
  fetch: (client: ProviderClient, parentId: string) => AsyncIterable<Item>;
};

type Named = { id: string; name?: string | null };

async function* items<T extends object>(
  list: AsyncIterable<T>,
  identify: (item: T) => { id: string; name: string | null },
) {
  for await (const data of list) yield { ...identify(data), data };
}

const byName = (item: Named) => ({ id: item.id, name: item.name ?? null });

/** A limit has no id of its own: there is at most one. */
async function* single<T extends object>(request: Promise<T | null>) {
  const data = await request;
  if (data) yield { id: "monthly", name: null, data };
}

const definitions = {
  projects: { kind: "project", parents: "none", fetch: (c) => items(openai.listProjects(c), byName) },
  users: {
    kind: "user",
    parents: "none",
    fetch: (c) => items(openai.listUsers(c), (user) => ({ id: user.id, name: user.name ?? user.email ?? null })),
  },
  invites: {
    kind: "invite",
    parents: "none",
    fetch: (c) => items(openai.listInvites(c), (i) => ({ id: i.id, name: i.email })),
  },
  groups: { kind: "group", parents: "none", fetch: (c) => items(openai.listGroups(c), byName) },
  roles: { kind: "role", parents: "none", fetch: (c) => items(openai.listRoles(c), byName) },
  admin_keys: { kind: "admin_key", parents: "none", fetch: (c) => items(openai.listAdminKeys(c), byName) },
  spend_limit: { kind: "spend_limit", parents: "none", fetch: (c) => single(openai.getSpendLimit(c)) },
  spend_alerts: {
    kind: "spend_alert",
    parents: "none",
    fetch: (c) => items(openai.listSpendAlerts(c), (a) => ({ id: a.id, name: null })),
  },
  group_users: { kind: "group_user", parents: "group", fetch: (c, id) => items(openai.listGroupUsers(c, id), byName) },
  project_users: {
    kind: "project_user",
    parents: "project",
    fetch: (c, id) => items(openai.listProjectUsers(c, id), byName),
  },
  service_accounts: {
    kind: "service_account",
    parents: "project",
    fetch: (c, id) => items(openai.listServiceAccounts(c, id), byName),
  },
  api_keys: { kind: "api_key", parents: "project", fetch: (c, id) => items(openai.listProjectKeys(c, id), byName) },
  project_groups: {
    kind: "project_group",
    parents: "project",
    fetch: (c, id) =>
      items(openai.listProjectGroups(c, id), (group) => ({ id: group.group_id, name: group.group_name })),
  },
  project_roles: {
    kind: "project_role",
    parents: "project",
    fetch: (c, id) => items(openai.listProjectRoles(c, id), byName),
  },
  rate_limits: {
    kind: "rate_limit",
    parents: "project",
    fetch: (c, id) => items(openai.listRateLimits(c, id), (limit) => ({ id: limit.id, name: limit.model })),
  },
  project_spend_limits: {
    kind: "spend_limit",
    parents: "project",
    fetch: (c, id) => single(openai.getProjectSpendLimit(c, id)),
  },
  project_spend_alerts: {
    kind: "spend_alert",
    parents: "project",
    fetch: (c, id) => items(openai.listProjectSpendAlerts(c, id), (alert) => ({ id: alert.id, name: null })),
  },
} satisfies Record<string, ListDefinition>;

/** Whether what a list hangs on is gone, asked for itself. */
export const isParentGone = { project: openai.isProjectGone, group: openai.isGroupGone };

export type DirectoryList = keyof typeof definitions;

export const directoryLists = Object.keys(definitions) as DirectoryList[];

export const listDefinition = (list: DirectoryList): ListDefinition => definitions[list];
