import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareDatabase } from "@/scripts/lib/database.mjs";
import { UserError } from "@/scripts/lib/errors.mjs";
import { acquireLock, lockHolder } from "@/scripts/lib/lock.mjs";
import { startPostgres } from "@/scripts/lib/postgres.mjs";
import { placeForPostgres } from "@/scripts/lib/postgres/account.mjs";
import { runningPostmaster } from "@/scripts/lib/postgres/postmaster.mjs";
import { generateClient } from "@/scripts/lib/prisma.mjs";
import { ensureHome, ensureMasterKeys, ensureSecrets } from "@/scripts/lib/secrets.mjs";
import { loadEnvFile, readSettings } from "@/scripts/lib/settings.mjs";

type Opening = { note: (message: string) => void; defer: (undo: () => unknown) => void };

/**
 * Makes this process a part of the installation: what `npm start` gives its services, the verbs find in the environment.
 * The only place of the command line that touches process.env. What it opens is closed by `defer`.
 */
export async function openInstallation({ note, defer }: Opening): Promise<void> {
  loadEnvFile();
  const settings = readSettings(process.env);
  ensureHome(settings.home);
  const masterKeys = ensureMasterKeys(settings.home, process.env);
  const secrets = ensureSecrets(settings.home, process.env);
  await generateClient({ env: process.env, log: note });
  const databaseUrl = settings.databaseUrl ?? (await openBuiltInDatabase(settings.home, { note, defer }));
  const { appUrl } = await prepareDatabase(
    { ...settings, databaseUrl },
    { appPassword: secrets.APP_DATABASE_PASSWORD, log: note, defer },
  );
  // Migrations were the last to need the owner.
  delete process.env.DATABASE_URL;
  process.env.SANDBOX_URL ||= `http://127.0.0.1:${settings.sandbox.port}/v1`;
  const environment = {
    SANDBOX_ENABLED: String(settings.sandbox.isEnabled),
    AUTH_SECRET: secrets.AUTH_SECRET,
    ...masterKeys,
    APP_DATABASE_URL: appUrl,
    // The log goes to standard output, which belongs to the result.
    LOG_LEVEL: "silent",
  };
  // Assigned to process.env, undefined would become a word.
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
  const { assertBoundRole, closeDatabase } = await import("@/server/db/client");
  defer(closeDatabase);
  await assertBoundRole();
}

/** Joins the database of a running Tollkeeper; without one, starts it until the command has finished. */
async function openBuiltInDatabase(home: string, { note, defer }: Opening): Promise<string> {
  const dir = path.join(home, "postgres");
  if (isProductRunning(home)) await untilDatabaseRuns(home, dir);
  else defer(await takeTurn(home, note));
  const server = await startPostgres({ dir });
  defer(server.stop);
  return server.url;
}

const isProductRunning = (home: string) => lockHolder(path.join(home, "start.lock")) !== undefined;

const DATABASE_PATIENCE_MS = 60_000;

/** A Tollkeeper that is just starting insists on starting its database itself. */
async function untilDatabaseRuns(home: string, dir: string) {
  const data = placeForPostgres(dir, "postgres");
  for (const until = Date.now() + DATABASE_PATIENCE_MS; !runningPostmaster(data); await sleep(100)) {
    if (!isProductRunning(home)) throw new UserError("Tollkeeper was just stopped. Try again.");
    if (Date.now() > until)
      throw new UserError(`Tollkeeper runs with ${home}, but on another database: set DATABASE_URL as it has it.`);
  }
}

/** One command after another: the first to finish would stop the database under the others. */
async function takeTurn(home: string, note: (message: string) => void): Promise<() => void> {
  const file = path.join(home, "cli.lock");
  for (let attempt = 1; ; attempt += 1) {
    const lock = acquireLock(file);
    if (!("heldBy" in lock)) return lock.release;
    if (attempt === 1) note(`Waiting for another command to finish (process ${lock.heldBy.pid}) …`);
    await sleep(100);
  }
}
