import type { ProviderClient } from "./client";
import { isProviderError } from "./errors";
import { type ListOptions, listItems } from "./lists";

// Each list yields the provider's own objects, typed by the SDK, one page in memory at a time, and fails with
// ProviderError. Archived projects answer 400 to the lists of their users and service accounts.

/** Projects, the archived ones included: history still refers to them. */
export const listProjects = (client: ProviderClient, options?: ListOptions) =>
  listItems(
    client,
    (sdk, query, call) => sdk.admin.organization.projects.list({ ...query, include_archived: true }, call),
    options,
  );

export const listProjectUsers = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.projects.users.list(projectId, query, call), options);

export const listServiceAccounts = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(
    client,
    (sdk, query, call) => sdk.admin.organization.projects.serviceAccounts.list(projectId, query, call),
    options,
  );

/** Keys of a project, also of owners who lost access: without `any` the provider leaves those out. */
export const listProjectKeys = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(
    client,
    (sdk, query, call) =>
      sdk.admin.organization.projects.apiKeys.list(projectId, { ...query, owner_project_access: "any" }, call),
    options,
  );

export const listRateLimits = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(
    client,
    (sdk, query, call) => sdk.admin.organization.projects.rateLimits.listRateLimits(projectId, query, call),
    options,
  );

export const listProjectGroups = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.projects.groups.list(projectId, query, call), options);

export const listProjectRoles = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.projects.roles.list(projectId, query, call), options);

export const listProjectSpendAlerts = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  listItems(
    client,
    (sdk, query, call) => sdk.admin.organization.projects.spendAlerts.list(projectId, query, call),
    options,
  );

export const listUsers = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.users.list(query, call), options);

export const listInvites = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.invites.list(query, call), options);

export const listAdminKeys = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.adminAPIKeys.list(query, call), options);

export const listGroups = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.groups.list(query, call), options);

export const listGroupUsers = (client: ProviderClient, groupId: string, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.groups.users.list(groupId, query, call), options);

export const listRoles = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.roles.list(query, call), options);

export const listSpendAlerts = (client: ProviderClient, options?: ListOptions) =>
  listItems(client, (sdk, query, call) => sdk.admin.organization.spendAlerts.list(query, call), options);

/** The organization's hard monthly limit, in cents; null when none is set. */
export const getSpendLimit = (client: ProviderClient, options?: ListOptions) =>
  orNone(client.read((sdk, call) => sdk.admin.organization.spendLimit.retrieve(call), options));

/** A project's hard monthly limit, in cents; null when none is set. */
export const getProjectSpendLimit = (client: ProviderClient, projectId: string, options?: ListOptions) =>
  orNone(client.read((sdk, call) => sdk.admin.organization.projects.spendLimit.retrieve(projectId, call), options));

/** Whether a project was archived or deleted, as the provider says when it is asked about the project itself. */
export async function isProjectGone(
  client: ProviderClient,
  projectId: string,
  options?: ListOptions,
): Promise<boolean> {
  const project = await orNone(
    client.read((sdk, call) => sdk.admin.organization.projects.retrieve(projectId, call), options),
  );
  return project === null || project.status === "archived";
}

export async function isGroupGone(client: ProviderClient, groupId: string, options?: ListOptions): Promise<boolean> {
  return (
    (await orNone(client.read((sdk, call) => sdk.admin.organization.groups.retrieve(groupId, call), options))) === null
  );
}

async function orNone<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (isProviderError(error, "bad_request") && error.status === 404) return null;
    throw error;
  }
}
