import { secondsPerDay } from "../clock";
import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { removeWhere } from "../org/lookup";
import type { Invite } from "../org/types";
import { recordAudit } from "./record-audit";

export const inviteRoutes: Route[] = [
  get("/organization/invites", (call) => {
    const invites = call.org.invites.map((invite) => renderInvite(invite, call.now));
    return idList(invites, call.query, { max: 100, fallback: 20 });
  }),
  post("/organization/invites", createInvite),
  get("/organization/invites/{invite_id}", (call) => renderInvite(findInvite(call), call.now)),
  del("/organization/invites/{invite_id}", deleteInvite),
];

function findInvite(call: Call): Invite {
  const id = call.params.invite_id ?? "";
  const invite = call.org.invites.find((item) => item.id === id);
  if (!invite) throw notFound("invite", id);
  return invite;
}

function renderInvite(invite: Invite, now: number): { id: string } & Record<string, unknown> {
  const isOver = invite.expiresAt <= now;
  return {
    object: "organization.invite",
    id: invite.id,
    email: invite.email,
    role: invite.role,
    status: invite.acceptedAt !== null ? "accepted" : isOver ? "expired" : "pending",
    created_at: invite.createdAt,
    expires_at: invite.expiresAt,
    accepted_at: invite.acceptedAt,
    projects: invite.projects,
  };
}

function createInvite(call: Call): object {
  const { body, org, now } = call;
  const email = required(body.text("email"), "email");
  const role = required(body.oneOf("role", ["reader", "owner"]), "role");
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw badRequest(`Invalid email address: '${email}'.`, "email", "invalid_value");
  if (org.users.some((user) => user.email.toLowerCase() === email.toLowerCase())) {
    throw badRequest("The user is already a member of the organization.", "email");
  }
  const invite: Invite = {
    id: stableId("invite-", `${org.id}|${email}|${now}|${org.invites.length}`),
    email,
    role,
    createdAt: now,
    expiresAt: now + 7 * secondsPerDay,
    acceptedAt: null,
    projects: readProjects(call),
  };
  org.invites.push(invite);
  recordAudit(call, "invite.sent", { resourceId: invite.id, details: { id: invite.id, data: { email, role } } });
  return renderInvite(invite, now);
}

/** Omitted means the default project, an empty list means none. */
function readProjects(call: Call): Invite["projects"] {
  const value = call.body.raw("projects");
  if (value === undefined)
    return call.org.projects.filter((item) => item.isDefault).map(({ id }) => ({ id, role: "member" }));
  if (!Array.isArray(value)) throw badRequest("'projects' must be an array.", "projects", "invalid_type");
  return value.map((item: unknown) => {
    const { id, role } = typeof item === "object" && item !== null ? { id: undefined, role: undefined, ...item } : {};
    const project = call.org.projects.find((known) => known.id === id && known.archivedAt === null);
    if (!project) throw badRequest(`Invalid project: '${String(id)}'.`, "projects", "invalid_value");
    if (role !== "member" && role !== "owner")
      throw badRequest("A project role is 'member' or 'owner'.", "projects", "invalid_value");
    return { id: project.id, role };
  });
}

function deleteInvite(call: Call): object {
  const invite = findInvite(call);
  if (invite.acceptedAt !== null)
    throw badRequest("An accepted invite cannot be deleted.", null, "invite_already_accepted");
  removeWhere(call.org.invites, (item) => item === invite);
  recordAudit(call, "invite.deleted", { resourceId: invite.id, details: { id: invite.id } });
  return { object: "organization.invite.deleted", id: invite.id, deleted: true };
}
