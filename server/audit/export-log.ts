import { stringify } from "csv-stringify/sync";
import { toView, whereOf } from "@/server/audit/list-events";
import type { AuditEntry } from "@/server/audit/record-audit";
import { readAuditPages, readUnchainedPages } from "@/server/audit/read-pages";
import type { AuditEventView, AuditExportInput } from "@/server/audit/schema";
import type { TenantDb } from "@/server/db/tenant";

const columns = [
  "seq",
  "at",
  "actor_type",
  "actor_id",
  "actor_name",
  "ip",
  "user_agent",
  "action",
  "target_type",
  "target_id",
  "target_name",
  "before",
  "after",
  "request_id",
  "id",
  "hash",
] as const satisfies readonly (keyof AuditEventView)[];

type Exporter = {
  org: { id: string; name: string };
  inScope<T>(work: (scope: { db: TenantDb; audit: (entry: AuditEntry) => void }) => Promise<T>): Promise<T>;
};

/**
 * The org's audit log in the order it was written, in pieces of text: CSV with a header (RFC 4180, safe to open in a
 * spreadsheet), or a JSON array. Memory stays the same whatever the log's length. That it was taken along is on record
 * first, and so the last thing in a file without a filter.
 */
export async function* exportAuditLog(access: Exporter, input: AuditExportInput): AsyncGenerator<string> {
  const { org } = access;
  await access.inScope(async ({ audit }) => {
    audit({ action: "audit.export", target: { type: "org", id: org.id, name: org.name }, after: { ...input } });
  });
  const isCsv = input.format === "csv";
  yield isCsv ? toCsv([columns]) : "[";
  let isFirst = true;
  for await (const page of readAllPages(access, input)) {
    const events = page.map(toView);
    if (isCsv) yield toCsv(events.map((event) => columns.map((column) => event[column])));
    else yield `${isFirst ? "\n" : ",\n"}${events.map((event) => JSON.stringify(event)).join(",\n")}`;
    isFirst = false;
  }
  if (!isCsv) yield "\n]\n";
}

async function* readAllPages(access: Exporter, input: AuditExportInput) {
  yield* readUnchainedPages(access, whereOf(input));
  yield* readAuditPages(access, whereOf(input));
}

/** Objects become JSON; a cell that a spreadsheet would run is made harmless. */
const toCsv = (rows: readonly (readonly unknown[])[]) =>
  stringify(rows as unknown[][], { record_delimiter: "\r\n", escape_formulas: true });
