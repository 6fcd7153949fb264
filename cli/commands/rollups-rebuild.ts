import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org?: string };

export const rollupsRebuild = defineCommand<Options>({
  name: "rollups rebuild",
  summary: "Drop the sums that screens read and make them again from the facts",
  define: (command) => command.option("--org <slug>", "only this organization; all by default"),

  prepare: (options) => async (context) => {
    const { accessAsSystem } = await import("@/server/auth/scope");
    const { listOrgIds } = await import("@/server/auth/system.sql");
    const { rebuildRollups } = await import("@/server/usage/rebuild-rollups");
    const wanted = options.org ? [{ slug: options.org }] : (await listOrgIds()).map((id) => ({ id }));
    const rows = [];
    for (const org of wanted) {
      const access = await accessAsSystem(org, { type: "operator" });
      context.progress(`Rebuilding ${access.org.slug} …`);
      for (const { connectionId, stream, days, rows: count, rowsDiffering } of await rebuildRollups(access)) {
        rows.push({
          org: access.org.slug,
          connection_id: connectionId,
          stream,
          days,
          rows: count,
          rows_differing: rowsDiffering,
        });
      }
    }
    const text = renderTable(
      [
        { title: "org" },
        { title: "stream" },
        { title: "days", align: "count" },
        { title: "rows", align: "count" },
        { title: "rows_differing", align: "count" },
      ],
      rows.map((row) => [row.org, row.stream, row.days, row.rows, row.rows_differing]),
    );
    return { json: { rows }, text: rows.length === 0 ? "There are no facts yet." : text };
  },
});
