import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string };

export const connections = defineCommand<Options>({
  name: "connections",
  summary: "List an organization's connections",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listConnections } = await import("@/server/connections/find-connection");
    const list = await (await openOrg(options.org)).inScope(listConnections);
    const rows = list.map((connection) => ({
      id: connection.id,
      name: connection.name,
      status: connection.status,
      status_reason: connection.statusReason,
      openai_org_id: connection.openaiOrgId,
      openai_org_name: connection.openaiOrgName,
      key_last4: connection.keyLast4,
      is_sample: connection.isSample,
      backfill_days: connection.backfillDays,
      trailing_days: connection.trailingDays,
      granularity: connection.usageGranularity,
      last_synced_at: connection.lastSyncedAt,
    }));
    return { json: { rows }, text: rows.length === 0 ? "No connection yet." : toTable(rows) };
  },
});

type Row = { id: string; name: string; status: string; openai_org_id: string; last_synced_at: string | null };

const toTable = (rows: readonly Row[]) =>
  renderTable(
    [{ title: "id" }, { title: "name" }, { title: "status" }, { title: "openai_org_id" }, { title: "last_synced_at" }],
    rows.map((row) => [row.id, row.name, row.status, row.openai_org_id, row.last_synced_at]),
  );
