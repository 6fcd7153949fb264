import { type Limit, throttle } from "@/server/auth/throttle";
import type { OrgAccess } from "@/server/auth/scope";
import { chargebackPdf } from "@/server/chargeback/chargeback-pdf";
import { chargebackTable } from "@/server/chargeback/chargeback-table";
import { getChargeback } from "@/server/chargeback/report";
import type { ChargebackFile } from "@/server/chargeback/schema";
import { encodeCsv } from "@/server/exports/encode-text";

/** A document takes a second of a processor. */
const files: Limit = { name: "export:chargeback", max: 120, windowSeconds: 3600 };
const TIMEOUT_MS = 60_000;

export type MadeFile = { content: Buffer; name: string; mediaType: string };

/** A month's chargeback report as a file; that it was asked for is on record. @throws AppError limit */
export async function makeChargebackFile(
  access: OrgAccess,
  { month, format, by, locale }: ChargebackFile,
  now = new Date(),
): Promise<MadeFile> {
  const { org } = access;
  await throttle({ limit: files, subject: org.id });
  await access.inScope(async (scope) => {
    scope.audit({
      action: "export.create",
      target: { type: "org", id: org.id, name: org.name },
      after: { report: "chargeback", month, format, by },
    });
  });
  const report = await access.inScope((scope) => getChargeback(scope, { month }, now), {
    timeoutMs: TIMEOUT_MS,
    isSnapshot: true,
  });
  const name = [org.slug, "chargeback", ...(by === "line_item" ? ["line-items"] : []), `${month}.${format}`].join("-");
  if (format === "pdf") {
    const content = await chargebackPdf(report, { by, orgName: org.name, locale, generatedAt: now });
    return { content, name, mediaType: "application/pdf" };
  }
  const pieces: string[] = [];
  for await (const piece of encodeCsv(chargebackTable(report, by), false)) pieces.push(piece);
  return { content: Buffer.from(pieces.join("")), name, mediaType: "text/csv; charset=utf-8" };
}
