import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string };

export const projects = defineCommand<Options>({
  name: "projects",
  summary: "List the projects of an organization's connections, by the organization's own names and the provider's",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listProjects } = await import("@/server/directory/list-projects.sql");
    const { projectsToJson } = await import("@/server/directory/projects-json");
    const json = projectsToJson(await (await openOrg(options.org)).inScope(listProjects));
    const columns = ["project_id", "project_name", "provider_name", "state", "connection_name"] as const;
    const text = renderTable(
      columns.map((title) => ({ title })),
      json.rows.map((row) => columns.map((column) => row[column])),
    );
    return { json, text: json.rows.length === 0 ? "No project known yet: nothing was synced." : text };
  },
});
