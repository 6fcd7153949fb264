import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { UserError } from "./errors.mjs";
import { migrationsDir, packages, root } from "./paths.mjs";
import { startPostgres } from "./postgres.mjs";
import { prismaEnvironment } from "./prisma.mjs";
import { runNode } from "./processes.mjs";

/**
 * @param {string | undefined} name in words, such as add-budgets
 * @param {{ defer: (undo: () => unknown) => void, now?: Date }} options
 */
export async function newMigration(name, { defer, now = new Date() }) {
  const folder = path.join(migrationsDir, migrationFolder(name, now));
  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-migration-"));
  defer(() => fs.rmSync(workDir, { recursive: true, force: true }));
  fs.chmodSync(workDir, 0o711);
  const database = await startPostgres({ dir: path.join(workDir, "postgres"), ephemeral: true });
  defer(database.stop);

  const file = path.join(workDir, "migration.sql");
  const states = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
  await runNode([packages.prisma, "migrate", "diff", ...states, "--script", "--output", file], {
    what: "prisma migrate diff",
    env: prismaEnvironment({ ...process.env, DATABASE_URL: database.url }),
  });
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(file, path.join(folder, "migration.sql"));
  console.log(
    `Written: ${path.relative(root, folder)}/migration.sql. Read it, and complete it by hand where Prisma cannot know.`,
  );
}

/** @param {string | undefined} name @param {Date} now */
export function migrationFolder(name, now) {
  const slug = name
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (!slug) throw new UserError("Name the migration: npm run db:migrate:new -- add-budgets");
  return `${now.toISOString().replaceAll(/\D/g, "").slice(0, 14)}_${slug}`;
}
