import path from "node:path";
import { ensureAppRole } from "./app-role.mjs";
import { assertReachable } from "./connect.mjs";
import { UserError } from "./errors.mjs";
import { migrate } from "./migrate.mjs";
import { startPostgres } from "./postgres.mjs";
import { prepareQueueSchema } from "./queue-schema.mjs";

/**
 * Provides the database the settings ask for, up to date: the operator's or the built-in one, migrations, queue, role.
 * @param {import("./settings.mjs").Settings} settings
 * @param {object} options
 * @param {string} options.appPassword for the application's role, where the operator does not provide it
 * @param {(message: string) => void} options.log
 * @param {(undo: () => unknown) => void} options.defer
 * @returns {Promise<{ appUrl: string, lost: Promise<never> }>} `lost` rejects when the built-in server goes away
 */
export async function prepareDatabase(settings, { appPassword, log, defer }) {
  const { url, lost } = settings.databaseUrl
    ? { url: settings.databaseUrl, lost: new Promise(() => {}) }
    : await startBuiltIn(settings.home, { log, defer });
  await assertReachable(url, { variable: "DATABASE_URL", log });

  const applied = await migrate(url);
  if (applied.length > 0) log(`Database migrated: ${applied.join(", ")}`);
  const appUrl = settings.appDatabaseUrl ?? (await ensureAppRole(url, { password: appPassword, log }));
  if (!settings.redisUrl) await prepareQueueSchema(url);
  await assertReachable(appUrl, { variable: "APP_DATABASE_URL", log });
  return { appUrl, lost };
}

async function startBuiltIn(home, { log, defer }) {
  const dir = path.join(home, "postgres");
  const server = await startPostgres({ dir, exclusive: true, log });
  let isWanted = true;
  defer(async () => {
    isWanted = false;
    await server.stop();
  });
  const lost = server.ended.then(() => {
    if (isWanted) throw new UserError(`The built-in PostgreSQL ended unexpectedly. Its log: ${dir}.log`);
  });
  lost.catch(() => {});
  return { url: server.url, lost };
}
