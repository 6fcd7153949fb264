import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { nextList, ordered } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { findGroup, findUser, removeWhere, renderRole } from "../org/lookup";
import { type Assigned, type Principal, rolesOf } from "../org/role-assignments";
import { projectRolesOf } from "../org/roles";
import type { Role } from "../org/types";
import { membersOf } from "./project-users";
import { findProject } from "./projects";
import { recordAudit } from "./record-audit";
import { renderUser } from "./users";

interface Place {
  principal: Principal;
  projectId: string | null;
}

export const roleAssignmentRoutes: Route[] = [
  ...assignments("/organization/users/{user_id}/roles", (call) => ({ principal: userOf(call), projectId: null })),
  ...assignments("/organization/groups/{group_id}/roles", (call) => ({ principal: groupOf(call), projectId: null })),
  ...assignments("/projects/{project_id}/users/{user_id}/roles", (call) => ({
    principal: userOf(call),
    projectId: findProject(call).id,
  })),
  ...assignments("/projects/{project_id}/groups/{group_id}/roles", (call) => ({
    principal: groupOf(call),
    projectId: findProject(call).id,
  })),
];

const userOf = (call: Call): Principal => ({ type: "user", id: findUser(call).id });
const groupOf = (call: Call): Principal => ({ type: "group", id: findGroup(call).id });

function assignments(path: string, placeOf: (call: Call) => Place): Route[] {
  return [
    get(path, (call) => {
      const { principal, projectId } = placeOf(call);
      const roles = rolesOf(call.org, principal, projectId).map(renderAssigned);
      return nextList(ordered(roles, call.query), call.query, { max: 1000, fallback: 1000, idOf: (role) => role.id });
    }),
    post(path, (call) => assign(call, placeOf(call))),
    get(`${path}/{role_id}`, (call) => renderAssigned(findAssigned(call, placeOf(call)))),
    del(`${path}/{role_id}`, (call) => unassign(call, placeOf(call))),
  ];
}

function renderAssigned(assigned: Assigned): { id: string } & Record<string, unknown> {
  const { object: _object, ...role } = renderRole(assigned.role);
  return {
    ...role,
    id: assigned.role.id,
    created_at: assigned.createdAt,
    updated_at: assigned.createdAt,
    created_by: assigned.createdBy,
    created_by_user_obj: null,
    metadata: {},
    assignment_sources: assigned.sources.map((source) => ({ principal_id: source.id, principal_type: source.type })),
  };
}

function findAssigned(call: Call, place: Place): Assigned {
  const id = call.params.role_id ?? "";
  const assigned = rolesOf(call.org, place.principal, place.projectId).find((item) => item.role.id === id);
  if (!assigned) throw notFound("role assignment", id);
  return assigned;
}

function assign(call: Call, place: Place): object {
  const { org } = call;
  const roleId = required(call.body.text("role_id"), "role_id");
  const roles = place.projectId === null ? org.organizationRoles : projectRolesOf(org, place.projectId);
  const role = roles.find((item) => item.id === roleId);
  if (!role) throw badRequest(`Invalid role_id: '${roleId}'.`, "role_id", "invalid_value");
  if (!setLegacyRole(call, place, role)) {
    removeWhere(org.roleAssignments, (item) => isAt(item, place) && item.roleId === roleId);
    org.roleAssignments.push({ ...place, roleId, createdAt: call.now, createdBy: call.key.ownerUserId });
  }
  const { principal } = place;
  const details = {
    id: roleId,
    principal_id: principal.id,
    principal_type: principal.type,
    resource_id: place.projectId ?? org.id,
  };
  recordAudit(call, "role.assignment.created", { resourceId: roleId, details });
  if (principal.type === "user")
    return { object: "user.role", user: renderUser(org, findUser(call)), role: renderRole(role) };
  const { id, name, createdAt, isScimManaged } = findGroup(call);
  return {
    object: "group.role",
    group: { object: "group", id, name, created_at: createdAt, scim_managed: isScimManaged },
    role: renderRole(role),
  };
}

/** A person's predefined role is the old `role` text; true when the role was stored there. */
function setLegacyRole(call: Call, place: Place, role: Role): boolean {
  if (place.principal.type !== "user" || !role.isPredefined) return false;
  if (place.projectId === null) {
    if (role.name !== "owner" && role.name !== "reader") return false;
    findUser(call).role = role.name;
    return true;
  }
  if (role.name !== "owner" && role.name !== "member") return false;
  const members = membersOf(call.org, place.projectId);
  const member = members.find((item) => item.userId === place.principal.id);
  if (member) member.role = role.name;
  else members.push({ userId: place.principal.id, role: role.name, addedAt: call.now });
  return true;
}

function isAt(item: { principal: Principal; projectId: string | null }, place: Place): boolean {
  return item.principal.id === place.principal.id && item.projectId === place.projectId;
}

function unassign(call: Call, place: Place): object {
  const { role } = findAssigned(call, place);
  const { org } = call;
  const wasStored = removeWhere(org.roleAssignments, (item) => isAt(item, place) && item.roleId === role.id);
  if (!wasStored) dropLegacyRole(call, place, role);
  recordAudit(call, "role.assignment.deleted", {
    resourceId: role.id,
    details: { id: role.id, principal_id: place.principal.id },
  });
  return { object: `${place.principal.type}.role.deleted`, deleted: true };
}

function dropLegacyRole(call: Call, place: Place, role: Role): void {
  const isDirect = place.principal.type === "user" && role.isPredefined;
  if (isDirect && place.projectId !== null) {
    const wasMember = removeWhere(
      membersOf(call.org, place.projectId),
      (item) => item.userId === place.principal.id && item.role === role.name,
    );
    if (wasMember) return;
  }
  if (isDirect && place.projectId === null && role.name === "owner") {
    findUser(call).role = "reader";
    return;
  }
  throw badRequest("This role comes from a group or is the user's basic role and cannot be removed here.", "role_id");
}
