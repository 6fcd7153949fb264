import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { nextList, ordered } from "../http/lists";
import { type Call, del, get, type Handler, post, type Route } from "../http/router";
import { removeWhere, renderRole } from "../org/lookup";
import { projectRolesOf } from "../org/roles";
import type { Role } from "../org/types";
import { findProject } from "./projects";
import { recordAudit } from "./record-audit";

interface Definitions {
  path: string;
  resourceType: Role["resourceType"];
  listOf: (call: Call) => Role[];
}

export const roleRoutes: Route[] = [
  ...definitions({
    path: "/organization/roles",
    resourceType: "api.organization",
    listOf: (call) => call.org.organizationRoles,
  }),
  ...definitions({
    path: "/projects/{project_id}/roles",
    resourceType: "api.project",
    listOf: (call) => projectRolesOf(call.org, findProject(call).id),
  }),
];

/** Organization roles and project roles behave alike; only their list differs. */
function definitions(kind: Definitions): Route[] {
  const one = `${kind.path}/{role_id}`;
  const list: Handler = (call) =>
    nextList(ordered(kind.listOf(call).map(renderRole), call.query), call.query, {
      max: 1000,
      fallback: 1000,
      idOf: (role) => role.id,
    });
  return [
    get(kind.path, list),
    post(kind.path, (call) => createRole(call, kind)),
    get(one, (call) => renderRole(findRole(call, kind))),
    post(one, (call) => updateRole(call, kind)),
    del(one, (call) => deleteRole(call, kind)),
  ];
}

function findRole(call: Call, kind: Definitions): Role {
  const id = call.params.role_id ?? "";
  const role = kind.listOf(call).find((item) => item.id === id);
  if (!role) throw notFound("role", id);
  return role;
}

function readPermissions(call: Call): string[] | undefined {
  const permissions = call.body.texts("permissions");
  const wrong = permissions?.find((item) => !/^api(\.[a-z0-9_]+)+$/.test(item));
  if (wrong !== undefined) throw badRequest(`Invalid permission: '${wrong}'.`, "permissions", "invalid_value");
  return permissions;
}

function createRole(call: Call, kind: Definitions): object {
  const name = required(call.body.text("role_name"), "role_name");
  const permissions = required(readPermissions(call), "permissions");
  const roles = kind.listOf(call);
  if (roles.some((role) => role.name === name))
    throw badRequest(`A role named '${name}' already exists.`, "role_name", "duplicate_role_name");
  const scope = call.params.project_id ?? call.org.id;
  const role: Role = {
    id: stableId("role_", `${scope}|${name}|${call.now}|${roles.length}`),
    name,
    description: call.body.text("description") ?? null,
    permissions,
    resourceType: kind.resourceType,
    isPredefined: false,
    createdAt: call.now,
  };
  roles.push(role);
  const details = { id: role.id, role_name: name, permissions, resource_type: kind.resourceType, resource_id: scope };
  recordAudit(call, "role.created", { resourceId: role.id, details });
  return renderRole(role);
}

function findOwnRole(call: Call, kind: Definitions): Role {
  const role = findRole(call, kind);
  if (role.isPredefined) throw badRequest("Predefined roles cannot be changed.", "role_id", "predefined_role");
  return role;
}

function updateRole(call: Call, kind: Definitions): object {
  const role = findOwnRole(call, kind);
  role.permissions = readPermissions(call) ?? role.permissions;
  role.name = call.body.text("role_name") ?? role.name;
  role.description = call.body.has("description") ? (call.body.text("description") ?? null) : role.description;
  recordAudit(call, "role.updated", {
    resourceId: role.id,
    details: { id: role.id, changes_requested: { role_name: role.name } },
  });
  return renderRole(role);
}

function deleteRole(call: Call, kind: Definitions): object {
  const role = findOwnRole(call, kind);
  removeWhere(kind.listOf(call), (item) => item === role);
  call.org.roleAssignments = call.org.roleAssignments.filter((item) => item.roleId !== role.id);
  recordAudit(call, "role.deleted", { resourceId: role.id, details: { id: role.id } });
  return { object: "role.deleted", id: role.id, deleted: true };
}
