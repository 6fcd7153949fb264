import fs from "node:fs";
import { pool } from "@/server/db/client";

/**
 * Milliseconds that the one connection of the product's pool has kept PostgreSQL's processor busy so far, or null where
 * /proc does not tell: unlike time that passes, the same on a machine that does other things too.
 */
export async function backendCpuMeter(): Promise<() => number | null> {
  const { rows } = await pool().query<{ pid: number }>("select pg_backend_pid() as pid");
  const file = `/proc/${rows[0]?.pid}/schedstat`;
  return () => (fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8").split(" ")[0]) / 1e6 : null);
}
