import { isDatabaseReachable } from "@/server/db/ping.sql";

export const dynamic = "force-dynamic";

/** Readiness: requests can be served, the database answers. */
export async function GET() {
  const isReady = await isDatabaseReachable();
  return Response.json(
    { status: isReady ? "ready" : "unavailable", checks: { database: isReady } },
    { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
