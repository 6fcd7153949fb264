// Applies prisma/migrations with nothing but the driver. Table, checksum, lock and meaning are those of `prisma migrate
// deploy`, so either can continue where the other stopped.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { UserError } from "./errors.mjs";
import { migrationsDir } from "./paths.mjs";
import { withClient } from "./connect.mjs";

/** The advisory lock that Prisma's own migration commands take. */
const prismaLock = 72_707_369;

const ledger = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** @typedef {{ name: string, sql: string, checksum: string }} Migration */

/**
 * Brings the database up to date. Several processes may call it at once.
 * @param {string} url of the database, as its owner
 * @param {string} [dir]
 * @returns {Promise<string[]>} the names of the migrations applied now
 */
export async function migrate(url, dir = migrationsDir) {
  const migrations = readMigrations(dir);
  return withClient(url, async (client) => {
    await client.query("select pg_advisory_lock($1)", [prismaLock]);
    await client.query(ledger);
    const pending = pendingMigrations(migrations, await readLedger(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
}

/** @returns {Migration[]} in the order to apply them */
export function readMigrations(dir) {
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(dir, entry.name, "migration.sql")))
    .map(({ name }) => {
      const sql = fs.readFileSync(path.join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * What is left to do, after making sure that the database and the files tell the same story so far.
 * @param {Migration[]} migrations
 * @param {{ name: string, checksum: string, isFinished: boolean }[]} applied
 */
export function pendingMigrations(migrations, applied) {
  const failed = applied.find(({ isFinished }) => !isFinished);
  if (failed) {
    throw new UserError(
      `Migration ${failed.name} was begun with Prisma's command line and did not finish. Repair the database, then mark it: ` +
        `prisma migrate resolve --rolled-back ${failed.name}`,
    );
  }
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new UserError(
        `The database is newer than this version of Tollkeeper: it has migration ${name}. Update Tollkeeper.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new UserError(
        `Migration ${name} was changed after it had been applied to this database. Restore the file.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function readLedger(client) {
  const { rows } = await client.query(
    `select migration_name as name, checksum, finished_at is not null as "isFinished"
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** The script and its entry in the ledger are one transaction: whenever we are interrupted, either both count or neither. */
async function apply(client, { name, sql, checksum }) {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new UserError(`Migration ${name} failed: ${error.message}${placeOf(error, sql)}`, { cause: error });
  }
}

function placeOf({ position }, sql) {
  return position ? ` (line ${sql.slice(0, Number(position)).split("\n").length} of migration.sql)` : "";
}
