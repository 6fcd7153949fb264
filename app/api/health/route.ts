import { version } from "@/package.json";

export const dynamic = "force-dynamic";

/** Liveness: this process answers. Whether it can work is /api/health/ready. */
export const GET = () => Response.json({ status: "ok", version }, { headers: { "cache-control": "no-store" } });
