import { Readable } from "node:stream";
import { type Limit, throttle } from "@/server/auth/throttle";
import type { OrgAccess } from "@/server/auth/scope";
import type { ExportRequest } from "@/server/exports/schema";
import { startExport } from "@/server/exports/start-export";

/** Each keeps a connection of the database for as long as it is read. */
const exports: Limit = { name: "export:figures", max: 120, windowSeconds: 3600 };

/**
 * An export as a download, with a link to its manifest: how many rows and bytes there are and what they add up to is known
 * only when the last byte is gone. Asked for the manifest, the same is written to nowhere and described.
 * @throws AppError limit
 */
export async function exportToResponse(
  access: OrgAccess,
  exported: ExportRequest,
  request: Request,
): Promise<Response> {
  await throttle({ limit: exports, subject: access.org.id });
  const { stream, fileName, mediaType, manifest } = await startExport(access, exported, { signal: request.signal });
  if (exported.isManifest) {
    stream.resume();
    return Response.json(await manifest, { headers: { "cache-control": "no-store" } });
  }
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      link: `<${manifestPath(request)}>; rel="describedby"; type="application/json"`,
    },
  });
}

function manifestPath({ url }: Request): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set("manifest", "1");
  return `${pathname}?${searchParams}`;
}
