import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "@/server/db/client";
import { closeQueues } from "@/server/jobs/enqueue";

export type TestDatabase = {
  /** As the owner: for arranging and for looking behind row level security. */
  owner: pg.Pool;
  ownerUrl: string;
  appUrl: string;
};

/**
 * Gives the test file a database of its own, cloned from the migrated template, and points the product's environment at
 * it. Call once at the top of the file; the properties can be read from beforeAll on.
 */
export function useTestDatabase(overrides: Record<string, string> = {}): TestDatabase {
  const database = {} as TestDatabase;
  const name = `tk_test_${randomBytes(6).toString("hex")}`;

  beforeAll(async () => {
    await asAdmin((client) => client.query(`create database ${name} template ${inject("template")}`));
    database.ownerUrl = withDatabase(inject("ownerUrl"), name);
    database.appUrl = withDatabase(inject("appUrl"), name);
    database.owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
    database.owner.on("error", () => {});
    Object.assign(process.env, {
      APP_DATABASE_URL: database.appUrl,
      AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
      MASTER_KEYS: `v1:${Buffer.alloc(32, 1).toString("base64")}`,
      LOG_LEVEL: "silent",
      ...overrides,
    });
  });

  afterAll(async () => {
    await closeQueues();
    await closeDatabase();
    await database.owner.end();
    await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
  });

  return database;
}

async function asAdmin(work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client({ connectionString: inject("ownerUrl") });
  await client.connect();
  await work(client).finally(() => client.end());
}

const withDatabase = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
