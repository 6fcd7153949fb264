import { openOrg } from "@/cli/access";
import { defineCommand, UsageError } from "@/cli/command";
import type { AuditVerdict } from "@/server/audit/verify-log";

type Options = { org: string; head?: string };

export const auditVerify = defineCommand<Options>({
  name: "audit verify",
  summary: "Check that nothing in an organization's audit log was changed, removed or added",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .option("--head <hash>", "a head that was noted earlier, which has to be in the log still"),

  prepare: ({ org, head }) => {
    if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head))
      throw new UsageError("--head takes what an earlier `audit verify` said: 64 hexadecimal digits.");
    return async () => {
      const { verifyAuditLog } = await import("@/server/audit/verify-log");
      const verdict = await verifyAuditLog(await openOrg(org), head);
      const { rows, isIntact, fault, from, to, uncovered, head: newHead } = verdict;
      return {
        json: { rows, intact: isIntact, fault, from, to, uncovered, head: newHead },
        text: toText(verdict),
        hasFailed: !isIntact,
      };
    };
  },
});

const faults: Record<NonNullable<AuditVerdict["fault"]>["what"], string> = {
  missing: "it is missing",
  changed: "it was changed",
  not_linked: "it does not continue the event before it",
  cut_off: "the log was cut off before it",
  head_unknown: "the head that was noted earlier is not among the events up to it",
};

function toText({ rows, fault, from, to, uncovered, head }: AuditVerdict): string {
  const checked = `${rows.toLocaleString("en-US")} ${rows === 1 ? "event" : "events"}${from ? ` from ${from} to ${to}` : ""}`;
  const lines = fault
    ? [`Broken at event ${fault.seq}: ${faults[fault.what]}.`, `Whole before that: ${checked}.`]
    : [`Whole: ${checked}.`, ...(head ? [`Head: ${head}`] : [])];
  if (uncovered > 0) lines.push(`Not covered, because older than the chain: ${uncovered.toLocaleString("en-US")}.`);
  return lines.join("\n");
}
