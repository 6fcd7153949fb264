import { openOrg } from "@/cli/access";
import { dayArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { writeWhole } from "@/cli/output/write-whole";
import type { AuditExportInput } from "@/server/audit/schema";

type Options = {
  org: string;
  from?: string;
  to?: string;
  action?: string[];
  actor?: string;
  target?: string;
  search?: string;
  format?: string;
  out?: string;
  json?: boolean;
};

export const auditExport = defineCommand<Options>({
  name: "audit export",
  summary: "Write an organization's audit log, or a part of it, in the order it was written",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .option("--from <day>", "first UTC day", dayArgument)
      .option("--to <day>", "UTC day after the last one", dayArgument)
      .option("--action <action...>", "actions such as member.role, or groups such as members")
      .option("--actor <who>", "an e-mail address; user, token, job, operator or anonymous; or token:<id>")
      .option("--target <id>", "id of what it was done to")
      .option("--search <text>", "in actors, targets, actions and addresses")
      .option("--format <format>", "csv or json; csv by default")
      .option("--out <file>", "write there instead of to standard output"),

  prepare: async ({ org, out, json, actor, action, ...options }) => {
    const format = options.format ?? (json && !out ? "json" : "csv");
    if (json && !out && format !== "json")
      throw new UsageError("With --json standard output holds JSON: leave --format out, or add --out.");
    const { AuditExportInput } = await import("@/server/audit/schema");
    const email = actor?.includes("@") ? actor : undefined;
    const typed = { ...options, format, action: action?.join(","), actor: email ? undefined : actor };
    const input = AuditExportInput.parse(typed);
    return async ({ write }) => {
      const { exportAuditLog } = await import("@/server/audit/export-log");
      const access = await openOrg(org);
      const pieces = exportAuditLog(access, email ? await ofPerson(input, email) : input);
      if (out) {
        const bytes = await writeWhole(out, pieces);
        return { json: { file: out, format, bytes }, text: `Wrote ${out} (${bytes.toLocaleString("en-US")} bytes).` };
      }
      for await (const piece of pieces) await write(piece);
      return null;
    };
  },
});

/** @throws AppError not_found */
async function ofPerson(input: AuditExportInput, email: string): Promise<AuditExportInput> {
  const { findUserByEmail } = await import("@/server/auth/find-user");
  return { ...input, actor: { type: "user", id: (await findUserByEmail(email)).id } };
}
