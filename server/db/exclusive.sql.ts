import pg from "pg";
import { env } from "@/server/env";

/**
 * Does something that only one process of the installation may do at a time, waiting for its turn. The lock is a transaction
 * of a connection of its own, because the work may need all of the pool's; it ends with the process, however that ends.
 */
export async function exclusively<T>(what: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env().APP_DATABASE_URL, application_name: "tollkeeper" });
  // Without a listener, a connection that is lost meanwhile would end the process; what the work asks for reports it.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`tollkeeper:${what}`]);
    return await work();
  } finally {
    await client.end();
  }
}
