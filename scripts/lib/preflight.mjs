// What can be found out at once, before minutes are spent on installing and building. Needs nothing but Node itself.
import fs from "node:fs";
import path from "node:path";
import { UserError } from "./errors.mjs";
import { lockHolder } from "./lock.mjs";
import { assertPortsFree } from "./ports.mjs";
import { loadEnvFile, readSettings } from "./settings.mjs";

/** How long the programs of a start script that was killed may take to end. */
const patienceAfterKillMs = 15_000;

/** Reads the settings and checks that nothing stands in the way of starting with them. */
export async function preflight() {
  loadEnvFile();
  const settings = readSettings(process.env);
  const lockFile = path.join(settings.home, "start.lock");
  const holder = lockHolder(lockFile);
  if (holder) throw alreadyRunning(settings, holder);
  await assertSettingsUsable(settings, { wasAbandoned: fs.existsSync(lockFile) });
}

/**
 * @param {import("./settings.mjs").Settings} settings
 * @param {{ wasAbandoned: boolean }} lock
 */
export async function assertSettingsUsable({ port, sandbox }, { wasAbandoned }) {
  const wanted = [{ name: "web server", variable: "PORT", port }];
  if (sandbox.isEnabled) wanted.push({ name: "sandbox", variable: "SANDBOX_PORT", port: sandbox.port });
  await assertPortsFree(wanted, wasAbandoned ? patienceAfterKillMs : 0);
}

export function alreadyRunning({ home }, { pid }) {
  return new UserError(
    `Tollkeeper runs already with ${home} (process ${pid}).\n` +
      `Stop it with Ctrl-C in its terminal or with: kill ${pid}\n` +
      "Or start another installation beside it: TOLLKEEPER_HOME=… PORT=… SANDBOX_PORT=… npm start",
  );
}
