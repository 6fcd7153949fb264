import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string };

export const projects = defineCommand<Options>({
  name: "projects",
  summary: "List the projects of an organization's connections",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listProjects } = await import("@/server/directory/list-projects.sql");
    const list = await (await openOrg(options.org)).inScope(listProjects);
    const rows = list.map((project) => ({
      project_id: project.id,
      project_name: project.name,
      state: project.state,
      created_at: project.createdAt?.toISOString() ?? null,
      connection_id: project.connectionId,
      connection_name: project.connectionName,
    }));
    const text = renderTable(
      [{ title: "project_id" }, { title: "project_name" }, { title: "state" }, { title: "connection_name" }],
      rows.map((row) => [row.project_id, row.project_name, row.state, row.connection_name]),
    );
    return { json: { rows }, text: rows.length === 0 ? "No project known yet: nothing was synced." : text };
  },
});
