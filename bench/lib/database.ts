import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { closeDatabase } from "@/server/db/client";
import { ensureAppRole } from "../../scripts/lib/app-role.mjs";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { startPostgres } from "../../scripts/lib/postgres.mjs";
import { readPostmaster } from "../../scripts/lib/postgres/postmaster.mjs";
import { prepareQueueSchema } from "../../scripts/lib/queue-schema.mjs";

export type Defer = (undo: () => unknown) => void;

export type BenchDatabase = {
  /** As the owner: for arranging data and for looking behind row level security. */
  owner: pg.Pool;
  ownerUrl: string;
  appUrl: string;
  /** Of the server; its connections are its children. */
  pid: number;
};

/**
 * A PostgreSQL of its own with the settings of `npm start` (fsync on), migrated, in a temporary directory that goes away
 * with the benchmark. Points the product's environment of this process at it, as the application's role.
 */
export async function startDatabase(defer: Defer): Promise<BenchDatabase> {
  const dir = temporaryDirectory(defer);
  const postgres = await startPostgres({ dir: path.join(dir, "postgres"), exclusive: true });
  defer(() => postgres.stop());
  await migrate(postgres.url);
  await prepareQueueSchema(postgres.url);
  const appUrl = await ensureAppRole(postgres.url, { password: randomBytes(16).toString("hex"), log: () => {} });
  const owner = new pg.Pool({ connectionString: postgres.url, max: 4 });
  owner.on("error", () => {});
  // Not awaited: a statement that is interrupted ends with the server.
  defer(() => {
    owner.end().catch(() => {});
    closeDatabase().catch(() => {});
  });
  Object.assign(process.env, productEnvironment(appUrl));
  const pid = readPostmaster(path.join(dir, "postgres"))?.pid ?? 0;
  return { owner, ownerUrl: postgres.url, appUrl, pid };
}

/** What server/env.ts wants, for this process and for children. */
export const productEnvironment = (appUrl: string) => ({
  APP_DATABASE_URL: appUrl,
  AUTH_SECRET: randomBytes(32).toString("hex"),
  MASTER_KEYS: `v1:${Buffer.alloc(32, 7).toString("base64")}`,
  LOG_LEVEL: "silent",
});

/** PostgreSQL may run as another account (under root): the directory must be passable. */
export function temporaryDirectory(defer: Defer): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-bench-"));
  fs.chmodSync(dir, 0o711);
  defer(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}
