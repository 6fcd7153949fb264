import { inspect } from "node:util";
import { checkGivenEnv } from "@/server/env";
import { AppError } from "@/server/lib/errors";

// What `npm start` asks before it begins: `preflight.ts settings` looks at what was set, before anything is touched;
// `preflight.ts database` at what is stored, once the database is there. Wrong: a sentence, and exit code 1.

try {
  if (process.argv[2] === "settings") checkGivenEnv();
  else await checkDatabase();
} catch (error) {
  process.stderr.write(`${error instanceof AppError ? error.message : inspect(error)}\n`);
  process.exitCode = 1;
}

/** Imported here, because the database's client is generated later than the settings are looked at. */
async function checkDatabase() {
  const { assertBoundRole, closeDatabase } = await import("@/server/db/client");
  const { checkMasterKeys } = await import("@/server/connections/check-master-keys");
  try {
    await assertBoundRole();
    await checkMasterKeys();
  } finally {
    await closeDatabase();
  }
}
