import type { ListedProject } from "@/server/directory/list-projects.sql";

/** Projects for programs. Names are a promise to scripts: never rename, only add. */
export const projectsToJson = (projects: readonly ListedProject[]) => ({
  rows: projects.map((project) => ({
    project_id: project.id,
    project_name: project.name,
    provider_name: project.providerName,
    state: project.state,
    created_at: project.createdAt?.toISOString() ?? null,
    connection_id: project.connectionId,
    connection_name: project.connectionName,
  })),
});
