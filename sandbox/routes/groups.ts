import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { nextList, ordered } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { findGroup, findUser, removeWhere } from "../org/lookup";
import type { Group, User } from "../org/types";
import { recordAudit } from "./record-audit";

const one = "/organization/groups/{group_id}";
const limits = { max: 1000, fallback: 100 };

export const groupRoutes: Route[] = [
  get("/organization/groups", (call) =>
    nextList(ordered(call.org.groups.map(renderGroup), call.query), call.query, {
      ...limits,
      idOf: (group) => group.id,
    }),
  ),
  post("/organization/groups", createGroup),
  get(one, (call) => renderGroup(findGroup(call))),
  post(one, renameGroup),
  del(one, deleteGroup),
  get(`${one}/users`, listGroupUsers),
  post(`${one}/users`, addGroupUser),
  get(`${one}/users/{user_id}`, (call) => {
    const user = findGroupUser(call);
    return { ...renderGroupUser(user), picture: null, is_service_account: false, user_type: "user" };
  }),
  del(`${one}/users/{user_id}`, removeGroupUser),
];

function renderGroup(group: Group): { id: string } & Record<string, unknown> {
  const { id, name, createdAt, isScimManaged } = group;
  return { object: "group", id, name, created_at: createdAt, is_scim_managed: isScimManaged, group_type: "group" };
}

function renderGroupUser(user: User): { id: string } & Record<string, unknown> {
  return { object: "organization.user", id: user.id, name: user.name ?? user.email, email: user.email };
}

function readName(call: Call): string {
  const name = required(call.body.text("name"), "name");
  if (name.length < 1 || name.length > 255)
    throw badRequest("'name' must have 1 to 255 characters.", "name", "invalid_value");
  return name;
}

function createGroup(call: Call): object {
  const name = readName(call);
  const { org, now } = call;
  const group: Group = {
    id: stableId("group_", `${org.id}|${name}|${now}|${org.groups.length}`),
    name,
    createdAt: now,
    isScimManaged: false,
    userIds: [],
  };
  org.groups.push(group);
  recordAudit(call, "group.created", { resourceId: group.id, details: { id: group.id, data: { group_name: name } } });
  return renderGroup(group);
}

/** Groups of the identity provider can only be changed there. */
function findOwnGroup(call: Call): Group {
  const group = findGroup(call);
  if (group.isScimManaged)
    throw badRequest("This group is managed by your identity provider (SCIM) and cannot be changed here.");
  return group;
}

function renameGroup(call: Call): object {
  const group = findOwnGroup(call);
  group.name = readName(call);
  recordAudit(call, "group.updated", {
    resourceId: group.id,
    details: { id: group.id, changes_requested: { group_name: group.name } },
  });
  return renderGroup(group);
}

function deleteGroup(call: Call): object {
  const group = findOwnGroup(call);
  const { org } = call;
  removeWhere(org.groups, (item) => item === group);
  org.projectGroups = org.projectGroups.filter((item) => item.groupId !== group.id);
  org.roleAssignments = org.roleAssignments.filter((item) => item.principal.id !== group.id);
  recordAudit(call, "group.deleted", { resourceId: group.id, details: { id: group.id } });
  return { object: "group.deleted", id: group.id, deleted: true };
}

function listGroupUsers(call: Call): object {
  const group = findGroup(call);
  const users = group.userIds.flatMap((id) => call.org.users.find((user) => user.id === id) ?? []).map(renderGroupUser);
  return nextList(ordered(users, call.query, "desc"), call.query, { ...limits, idOf: (user) => user.id });
}

function findGroupUser(call: Call): User {
  const user = findUser(call);
  if (!findGroup(call).userIds.includes(user.id)) throw notFound("group user", user.id);
  return user;
}

function addGroupUser(call: Call): object {
  const group = findOwnGroup(call);
  const user = findUser(call, required(call.body.text("user_id"), "user_id"));
  if (!group.userIds.includes(user.id)) group.userIds.push(user.id);
  return { object: "group.user", user_id: user.id, group_id: group.id };
}

function removeGroupUser(call: Call): object {
  const group = findOwnGroup(call);
  const user = findGroupUser(call);
  group.userIds = group.userIds.filter((id) => id !== user.id);
  return { object: "group.user.deleted", deleted: true };
}
