import { Readable } from "node:stream";
import { exportAuditLog } from "@/server/audit/export-log";
import { AuditExportInput } from "@/server/audit/schema";
import { AppError } from "@/server/lib/errors";
import { orgRoute } from "@/server/trpc/org-route";

export const dynamic = "force-dynamic";

/** The audit log as a file, CSV or JSON, with the filter of the page that asks. */
export const GET = orgRoute("audit:read", async (access, request) => {
  const input = AuditExportInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!input.success) throw new AppError("invalid", "invalid_input", { message: "The filter cannot be read." });
  const { format } = input.data;
  const pieces = Readable.from(exportAuditLog(access, input.data), { objectMode: false });
  return new Response(Readable.toWeb(pieces) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
      "content-disposition": `attachment; filename="${access.org.slug}-audit.${format}"`,
      "cache-control": "no-store",
    },
  });
});
