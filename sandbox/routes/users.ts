import { badRequest } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { deleteKeys, findUser, removeWhere } from "../org/lookup";
import type { Organization, User } from "../org/types";
import { recordAudit } from "./record-audit";

export const userRoutes: Route[] = [
  get("/organization/users", listUsers),
  get("/organization/users/{user_id}", (call) => renderUser(call.org, findUser(call))),
  post("/organization/users/{user_id}", updateUser),
  del("/organization/users/{user_id}", deleteUser),
];

function listUsers(call: Call): object {
  const emails = new Set(call.query.list("emails").map((email) => email.toLowerCase()));
  const users = call.org.users.filter((user) => emails.size === 0 || emails.has(user.email.toLowerCase()));
  const rendered = users.map((user) => renderUser(call.org, user));
  return idList(rendered, call.query, { max: 100, fallback: 20 });
}

export function renderUser(org: Organization, user: User): { id: string } & Record<string, unknown> {
  const projects = org.projects.flatMap((project) => {
    const member = org.projectMembers.get(project.id)?.find((item) => item.userId === user.id);
    return member && project.archivedAt === null ? [{ id: project.id, name: project.name, role: member.role }] : [];
  });
  const { id, name, email } = user;
  return {
    object: "organization.user",
    id,
    name,
    email,
    role: user.role,
    added_at: user.addedAt,
    created: user.addedAt,
    is_default: false,
    is_service_account: false,
    is_scim_managed: user.isScimManaged,
    technical_level: user.technicalLevel,
    developer_persona: user.developerPersona,
    user: { object: "user", id, email, name, picture: null, enabled: true, banned: false, banned_at: null },
    projects: { object: "list", data: projects },
  };
}

function updateUser(call: Call): object {
  const user = findUser(call);
  const { body, org } = call;
  const roleId = body.text("role_id");
  const named = org.organizationRoles.find((role) => role.id === roleId);
  if (roleId !== undefined && !named) throw badRequest(`Invalid role_id: '${roleId}'.`, "role_id", "invalid_value");
  const role =
    body.oneOf("role", ["owner", "reader"]) ??
    (named?.name === "owner" || named?.name === "reader" ? named.name : undefined);
  user.role = role ?? user.role;
  if (named && !named.isPredefined) {
    const principal = { type: "user" as const, id: user.id };
    org.roleAssignments.push({
      principal,
      projectId: null,
      roleId: named.id,
      createdAt: call.now,
      createdBy: call.key.ownerUserId,
    });
  }
  user.technicalLevel = body.text("technical_level") ?? user.technicalLevel;
  user.developerPersona = body.text("developer_persona") ?? user.developerPersona;
  recordAudit(call, "user.updated", {
    resourceId: user.id,
    details: { id: user.id, changes_requested: { role: user.role } },
  });
  return renderUser(org, user);
}

function deleteUser(call: Call): object {
  const user = findUser(call);
  const { org } = call;
  removeWhere(org.users, (item) => item === user);
  for (const members of org.projectMembers.values()) removeWhere(members, (member) => member.userId === user.id);
  for (const group of org.groups) group.userIds = group.userIds.filter((id) => id !== user.id);
  org.roleAssignments = org.roleAssignments.filter((item) => item.principal.id !== user.id);
  deleteKeys(org, call.now, (key) => key.owner.type === "user" && key.owner.id === user.id);
  recordAudit(call, "user.deleted", { resourceId: user.id, details: { id: user.id } });
  return { object: "organization.user.deleted", id: user.id, deleted: true };
}
