import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { nextList, ordered } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { findGroup, removeWhere } from "../org/lookup";
import { projectRolesOf } from "../org/roles";
import type { Organization } from "../org/types";
import { findActiveProject, findProject } from "./projects";
import { recordAudit } from "./record-audit";

const list = "/organization/projects/{project_id}/groups";

type ProjectGroup = Organization["projectGroups"][number];

export const projectGroupRoutes: Route[] = [
  get(list, (call) => {
    const project = findProject(call);
    const groups = call.org.projectGroups
      .filter((item) => item.projectId === project.id)
      .map((item) => renderProjectGroup(call.org, item));
    return nextList(ordered(groups, call.query), call.query, {
      max: 100,
      fallback: 20,
      idOf: (group) => group.group_id,
    });
  }),
  post(list, addGroup),
  get(`${list}/{group_id}`, (call) => renderProjectGroup(call.org, findProjectGroup(call))),
  del(`${list}/{group_id}`, removeGroup),
];

function findProjectGroup(call: Call): ProjectGroup {
  const project = findProject(call);
  const id = call.params.group_id ?? "";
  const found = call.org.projectGroups.find((item) => item.projectId === project.id && item.groupId === id);
  if (!found) throw notFound("project group", id);
  return found;
}

function renderProjectGroup(org: Organization, item: ProjectGroup): { group_id: string } & Record<string, unknown> {
  const name = org.groups.find((group) => group.id === item.groupId)?.name ?? "";
  return {
    object: "project.group",
    project_id: item.projectId,
    group_id: item.groupId,
    group_name: name,
    group_type: "group",
    created_at: item.createdAt,
  };
}

function addGroup(call: Call): object {
  const project = findActiveProject(call);
  const { org } = call;
  const group = findGroup(call, required(call.body.text("group_id"), "group_id"));
  const roleId = required(call.body.text("role"), "role");
  if (!projectRolesOf(org, project.id).some((role) => role.id === roleId))
    throw badRequest(`Invalid role: '${roleId}'.`, "role", "invalid_value");
  removeWhere(org.projectGroups, (item) => item.projectId === project.id && item.groupId === group.id);
  const added: ProjectGroup = { projectId: project.id, groupId: group.id, createdAt: call.now };
  org.projectGroups.push(added);
  const principal = { type: "group" as const, id: group.id };
  org.roleAssignments.push({
    principal,
    projectId: project.id,
    roleId,
    createdAt: call.now,
    createdBy: call.key.ownerUserId,
  });
  recordAudit(call, "role.assignment.created", {
    project,
    resourceId: group.id,
    details: { id: roleId, principal_id: group.id, principal_type: "group" },
  });
  return renderProjectGroup(org, added);
}

function removeGroup(call: Call): object {
  const found = findProjectGroup(call);
  const { org } = call;
  removeWhere(org.projectGroups, (item) => item === found);
  org.roleAssignments = org.roleAssignments.filter(
    (item) => item.projectId !== found.projectId || item.principal.id !== found.groupId,
  );
  return { object: "project.group.deleted", deleted: true };
}
