import type { Organization, Role } from "./types";

const readEverything = ["api.model.read", "api.groups.read", "api.files.read", "api.webhooks.read"];
const useModels = [
  ...readEverything,
  "api.model.request",
  "api.responses.write",
  "api.files.write",
  "api.vector_store.read",
];
const manageProject = [
  ...useModels,
  "api.organization.projects.api_keys.read",
  "api.organization.projects.api_keys.write",
  "api.organization.projects.service_accounts.read",
  "api.organization.projects.service_accounts.write",
  "api.groups.write",
];
const manageEverything = [
  ...manageProject,
  "api.usage.read",
  "api.management.read",
  "api.management.write",
  "api.apps.read",
  "api.apps.write",
];

/** The roles every organization has from the beginning. */
export function predefinedOrganizationRoles(orgId: string, createdAt: number): Role[] {
  const make = (name: string, description: string, permissions: string[]): Role => ({
    id: `role-api-organization-${name}__api-organization__${orgId}`,
    name,
    description,
    permissions,
    resourceType: "api.organization",
    isPredefined: true,
    createdAt,
  });
  return [
    make("owner", "Can modify billing information and manage organization members", manageEverything),
    make("reader", "Can make standard API requests and read basic organizational data", useModels),
  ];
}

/** The roles of a project; predefined ones appear when first asked for, custom ones are added to the same list. */
export function projectRolesOf(org: Organization, projectId: string): Role[] {
  const known = org.projectRoles.get(projectId);
  if (known) return known;
  const createdAt = org.projects.find((project) => project.id === projectId)?.createdAt ?? 0;
  const make = (name: string, description: string, permissions: string[]): Role => ({
    id: `role-api-project-${name}__api-project__${projectId}`,
    name,
    description,
    permissions,
    resourceType: "api.project",
    isPredefined: true,
    createdAt,
  });
  const roles = [
    make("owner", "Can manage the project, its people and its keys", manageProject),
    make("member", "Can use the project's models and files", useModels),
    make("viewer", "Can look, not touch", readEverything),
  ];
  org.projectRoles.set(projectId, roles);
  return roles;
}
