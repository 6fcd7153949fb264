import { badRequest, notFound } from "../http/errors";
import { required } from "../http/body";
import { idList } from "../http/lists";
import { type Call, get, post, type Route } from "../http/router";
import { stableId } from "../generate/hash";
import type { Project } from "../org/types";
import { recordAudit } from "./record-audit";

export const projectRoutes: Route[] = [
  get("/organization/projects", listProjects),
  post("/organization/projects", createProject),
  get("/organization/projects/{project_id}", (call) => renderProject(findProject(call))),
  post("/organization/projects/{project_id}", updateProject),
  post("/organization/projects/{project_id}/archive", archiveProject),
];

/** The project of the path; 404 for an id that is unknown or belongs to another organization. */
export function findProject(call: Call): Project {
  const id = call.params.project_id ?? "";
  const project = call.org.projects.find((item) => item.id === id);
  if (!project) throw notFound("project", id);
  return project;
}

/** The project of the path, 400 when it is archived. */
export function findActiveProject(call: Call): Project {
  const project = findProject(call);
  if (isArchived(project, call.now)) throw badRequest("This project has been archived.", null, "project_archived");
  return project;
}

function isArchived(project: Project, now: number): boolean {
  return project.archivedAt !== null && project.archivedAt <= now;
}

function listProjects(call: Call): object {
  const withArchived = call.query.boolean("include_archived") ?? false;
  const projects = call.org.projects.filter((project) => withArchived || !isArchived(project, call.now));
  return idList(
    projects.map((project) => renderProject(project)),
    call.query,
    { max: 100, fallback: 20 },
  );
}

function renderProject(project: Project): { id: string } & Record<string, unknown> {
  return {
    id: project.id,
    object: "organization.project",
    name: project.name,
    created_at: project.createdAt,
    archived_at: project.archivedAt,
    status: project.archivedAt === null ? "active" : "archived",
    external_key_id: project.externalKeyId,
    residency: project.residency,
  };
}

function createProject(call: Call): object {
  const name = required(call.body.text("name"), "name");
  if (name.trim() === "") throw badRequest("'name' must not be empty.", "name", "invalid_value");
  const project: Project = {
    id: stableId("proj_", `${call.org.id}|${call.org.projects.length}|${name}`),
    name,
    createdAt: call.now,
    archivedAt: null,
    isDefault: false,
    residency: call.body.text("residency") ?? "GLOBAL",
    externalKeyId: call.body.text("external_key_id") ?? null,
  };
  call.org.projects.push(project);
  call.org.projectMembers.set(project.id, []);
  recordAudit(call, "project.created", {
    project,
    resourceId: project.id,
    details: { id: project.id, data: { name, title: name } },
  });
  return renderProject(project);
}

function updateProject(call: Call): object {
  const project = findActiveProject(call);
  const name = call.body.text("name");
  if (project.isDefault && name !== undefined) throw badRequest("The default project cannot be renamed.", "name");
  if (name?.trim() === "") throw badRequest("'name' must not be empty.", "name", "invalid_value");
  project.name = name ?? project.name;
  project.externalKeyId = call.body.text("external_key_id") ?? project.externalKeyId;
  recordAudit(call, "project.updated", {
    project,
    resourceId: project.id,
    details: { id: project.id, changes_requested: { title: project.name } },
  });
  return renderProject(project);
}

function archiveProject(call: Call): object {
  const project = findActiveProject(call);
  if (project.isDefault) throw badRequest("The default project cannot be archived.");
  project.archivedAt = call.now;
  for (const key of call.org.apiKeys) {
    if (key.projectId === project.id) call.org.stoppedKeys.set(key.id, call.now);
  }
  call.org.revision += 1;
  recordAudit(call, "project.archived", { project, resourceId: project.id, details: { id: project.id } });
  return renderProject(project);
}
