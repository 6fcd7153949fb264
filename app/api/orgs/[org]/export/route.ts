import { Readable } from "node:stream";
import { exportOrg } from "@/server/orgs/export-org";
import { orgRoute } from "@/server/trpc/org-route";

export const dynamic = "force-dynamic";

/** Everything of the organization as one gzipped file of JSON lines. */
export const GET = orgRoute("org:delete", async (access, request) => {
  const { stream, fileName } = await exportOrg(access, request.signal);
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/gzip",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
});
