import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { removeWhere } from "../org/lookup";
import type { Organization, ProjectMember } from "../org/types";
import { findActiveProject } from "./projects";
import { recordAudit } from "./record-audit";

const list = "/organization/projects/{project_id}/users";

export const projectUserRoutes: Route[] = [
  get(list, (call) => {
    const project = findActiveProject(call);
    const members = membersOf(call.org, project.id).map((member) => renderMember(call.org, member));
    return idList(members, call.query, { max: 100, fallback: 20 });
  }),
  post(list, addMember),
  get(`${list}/{user_id}`, (call) => renderMember(call.org, findMember(call))),
  post(`${list}/{user_id}`, updateMember),
  del(`${list}/{user_id}`, removeMember),
];

/** The members of a project, as a list to change in place. */
export function membersOf(org: Organization, projectId: string): ProjectMember[] {
  const known = org.projectMembers.get(projectId);
  if (known) return known;
  const members: ProjectMember[] = [];
  org.projectMembers.set(projectId, members);
  return members;
}

function findMember(call: Call): ProjectMember {
  const project = findActiveProject(call);
  const id = call.params.user_id ?? "";
  const member = membersOf(call.org, project.id).find((item) => item.userId === id);
  if (!member) throw notFound("project user", id);
  return member;
}

function renderMember(org: Organization, member: ProjectMember): { id: string } & Record<string, unknown> {
  const user = org.users.find((item) => item.id === member.userId);
  return {
    object: "organization.project.user",
    id: member.userId,
    name: user?.name ?? null,
    email: user?.email ?? null,
    role: member.role,
    added_at: member.addedAt,
  };
}

function addMember(call: Call): object {
  const project = findActiveProject(call);
  const { body, org } = call;
  const role = required(body.oneOf("role", ["owner", "member"]), "role");
  const id = body.text("user_id");
  const email = body.text("email");
  if (id === undefined && email === undefined)
    throw badRequest("Either 'user_id' or 'email' is required.", "user_id", "missing_required_parameter");
  const user = org.users.find((item) =>
    id !== undefined ? item.id === id : item.email.toLowerCase() === email?.toLowerCase(),
  );
  if (!user) throw badRequest("The user must be a member of the organization before joining a project.", "user_id");
  const members = membersOf(org, project.id);
  if (members.some((item) => item.userId === user.id))
    throw badRequest("The user is already a member of the project.", "user_id");
  const member: ProjectMember = { userId: user.id, role, addedAt: call.now };
  members.push(member);
  recordAudit(call, "user.added", { project, resourceId: user.id, details: { id: user.id, data: { role } } });
  return renderMember(org, member);
}

function updateMember(call: Call): object {
  const member = findMember(call);
  member.role = required(call.body.oneOf("role", ["owner", "member"]), "role");
  recordAudit(call, "user.updated", {
    resourceId: member.userId,
    details: { id: member.userId, changes_requested: { role: member.role } },
  });
  return renderMember(call.org, member);
}

function removeMember(call: Call): object {
  const member = findMember(call);
  const project = findActiveProject(call);
  removeWhere(membersOf(call.org, project.id), (item) => item === member);
  // Keys of somebody who left the project stay, but their owner has no access any more.
  for (const key of call.org.apiKeys) {
    if (key.projectId === project.id && key.owner.id === member.userId) key.ownerProjectAccess = "inactive";
  }
  recordAudit(call, "user.deleted", { project, resourceId: member.userId, details: { id: member.userId } });
  return { object: "organization.project.user.deleted", id: member.userId, deleted: true };
}
