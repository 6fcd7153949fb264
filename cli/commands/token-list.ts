import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string };

export const tokenList = defineCommand<Options>({
  name: "token list",
  summary: "List an organization's tokens; those that work first",
  define: (command) => command.requiredOption("--org <slug>", "organization of Tollkeeper"),

  prepare: (options) => async () => {
    const { listTokens } = await import("@/server/tokens/list-tokens");
    const tokens = await (await openOrg(options.org)).inScope(listTokens);
    const rows = tokens.map((token) => ({
      id: token.id,
      name: token.name,
      last4: token.last4,
      state: token.state,
      scopes: token.scopes,
      allowed_ips: token.allowedIps,
      created_at: token.createdAt.toISOString(),
      created_by: token.createdBy,
      expires_at: token.expiresAt?.toISOString() ?? null,
      last_used_at: token.lastUsedAt?.toISOString() ?? null,
      last_used_ip: token.lastUsedIp,
      replaced_by: token.replacedBy,
    }));
    return { json: { rows }, text: toText(rows) };
  },
});

type Row = Record<"id" | "name" | "state", string> & {
  scopes: string[];
  expires_at: string | null;
  last_used_at: string | null;
};

function toText(rows: readonly Row[]): string {
  if (rows.length === 0) return "There is no token yet.";
  return renderTable(
    [
      { title: "id" },
      { title: "name" },
      { title: "state" },
      { title: "scopes" },
      { title: "expires_at" },
      { title: "last_used_at" },
    ],
    rows.map((row) => [row.id, row.name, row.state, row.scopes.join(" "), row.expires_at ?? "never", row.last_used_at]),
  );
}
