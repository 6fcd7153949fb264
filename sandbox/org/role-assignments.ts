import { projectRolesOf } from "./roles";
import type { Organization, Role, RoleAssignment } from "./types";

export type Principal = RoleAssignment["principal"];

export interface Assigned {
  role: Role;
  createdAt: number;
  createdBy: string | null;
  /** The user itself, or the groups through which it comes. */
  sources: Principal[];
}

/** All roles of a principal in the organization (projectId null) or in one project, direct and through groups. */
export function rolesOf(org: Organization, principal: Principal, projectId: string | null): Assigned[] {
  const roles = projectId === null ? org.organizationRoles : projectRolesOf(org, projectId);
  const found = new Map<string, Assigned>();
  const note = (roleId: string, source: Principal, made: { createdAt: number; createdBy: string | null }) => {
    const role = roles.find((item) => item.id === roleId);
    if (!role) return;
    const known = found.get(roleId);
    if (known) known.sources.push(source);
    else found.set(roleId, { role, ...made, sources: [source] });
  };
  const legacy = legacyRole(org, principal, projectId, roles);
  if (legacy) note(legacy.role.id, principal, { createdAt: legacy.createdAt, createdBy: null });
  for (const item of org.roleAssignments) {
    if (item.projectId !== projectId) continue;
    if (item.principal.id === principal.id || isMember(org, principal, item.principal))
      note(item.roleId, item.principal, item);
  }
  return [...found.values()];
}

function isMember(org: Organization, principal: Principal, group: Principal): boolean {
  if (principal.type !== "user" || group.type !== "group") return false;
  return org.groups.find((item) => item.id === group.id)?.userIds.includes(principal.id) ?? false;
}

/** The predefined role that the old `role` text of a user or project member stands for. */
function legacyRole(
  org: Organization,
  principal: Principal,
  projectId: string | null,
  roles: readonly Role[],
): { role: Role; createdAt: number } | null {
  if (principal.type !== "user") return null;
  const user = org.users.find((item) => item.id === principal.id);
  const member =
    projectId === null ? undefined : org.projectMembers.get(projectId)?.find((item) => item.userId === principal.id);
  const name = projectId === null ? user?.role : member?.role;
  const role = roles.find((item) => item.isPredefined && item.name === name);
  return role ? { role, createdAt: member?.addedAt ?? user?.addedAt ?? 0 } : null;
}
