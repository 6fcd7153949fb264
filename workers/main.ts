import { createServer, type Server } from "node:http";
import { assertBoundRole, closeDatabase, pool } from "@/server/db/client";
import { env } from "@/server/env";
import { closeQueues, registerSchedules } from "@/server/jobs/enqueue";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";
import { handlers } from "@/workers/handlers";
import { startWorkers } from "@/workers/runtime";

/** A window in flight is finished or dropped within this time; what is dropped is fetched again. */
const SHUTDOWN_MS = 10_000;

const shutdown = new AbortController();

async function main() {
  await assertBoundRole();
  const workers = startWorkers(handlers, shutdown.signal);
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  await registerSchedules();
  const health = await serveHealth(env().WORKER_HEALTH_PORT);
  logger().info({ queue: env().REDIS_URL ? "redis" : "postgresql" }, "worker ready");

  const stop = memoise(async () => {
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    health?.close();
    shutdown.abort(new Error("shutdown"));
    await Promise.all(workers.map((worker) => worker.close()));
    await closeQueues();
    await closeDatabase();
    process.exit(0);
  });
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** GET / answers 200 while the database does: for orchestrators. Port 0 means none. */
async function serveHealth(port: number): Promise<Server | null> {
  if (port === 0) return null;
  const server = createServer(async (_request, response) => {
    const isWell = await pool()
      .query("select 1")
      .then(
        () => true,
        () => false,
      );
    response.writeHead(isWell ? 200 : 503, { "content-type": "application/json" });
    response.end(JSON.stringify({ ok: isWell }));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return server;
}

function memoise(work: () => Promise<void>) {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

main().catch((err: unknown) => {
  // The logger reads the environment too, which may be what is wrong.
  if (err instanceof AppError) process.stderr.write(`${err.message}\n`);
  else logger().fatal({ err }, "the worker cannot start");
  process.exit(1);
});
