import path from "node:path";
import { buildIfNeeded, markAsServing } from "./build.mjs";
import { prepareDatabase } from "./database.mjs";
import { acquireLock } from "./lock.mjs";
import { freePort } from "./ports.mjs";
import { alreadyRunning, assertSettingsUsable } from "./preflight.mjs";
import { generateClient } from "./prisma.mjs";
import { checkProduct } from "./product-checks.mjs";
import { runMain } from "./run-main.mjs";
import { ensureHome, ensureMasterKeys, ensureSecrets } from "./secrets.mjs";
import { servicesOf, startServices } from "./services.mjs";
import { readSettings } from "./settings.mjs";

const startedAt = performance.now();
const log = (message) =>
  console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${message}`);

/**
 * `npm start`: database, build, services, until a signal. Never returns.
 * @param {{ dev: boolean }} options dev: compile pages on demand instead of building
 */
export async function start({ dev }) {
  await runMain(({ defer }) => run({ dev, defer }), { interruptedCode: 0, graceMs: 30_000, log });
}

async function run({ dev, defer }) {
  const settings = readSettings(process.env);
  await checkProduct("settings", process.env);
  ensureHome(settings.home);
  const lock = acquireLock(path.join(settings.home, "start.lock"));
  if ("heldBy" in lock) throw alreadyRunning(settings, lock.heldBy);
  defer(lock.release);
  await assertSettingsUsable(settings, lock);

  const masterKeys = ensureMasterKeys(settings.home, process.env);
  const secrets = ensureSecrets(settings.home, process.env);
  const { appUrl, lost } = await prepareDatabase(settings, { appPassword: secrets.APP_DATABASE_PASSWORD, log, defer });
  const env = productEnvironment(settings, { secrets, masterKeys, appUrl });
  await generateClient({ env: process.env, log });
  await checkProduct("database", env);
  if (!dev) {
    await buildIfNeeded({ env: process.env, log });
    defer(markAsServing());
  }

  log("Starting …");
  const services = servicesOf(settings, { env, workerHealthPort: await freePort(), dev });
  const { crashed } = await startServices(services, { onLine: printLine });
  announce(settings, env);
  await Promise.race([crashed, lost]);
}

/** What server/env.ts reads. The owner's DATABASE_URL stays here: only migrations need it. */
function productEnvironment(settings, { secrets, masterKeys, appUrl }) {
  const { DATABASE_URL, APP_DATABASE_PASSWORD, ...inherited } = process.env;
  const defaults = {
    AUTH_URL: `http://localhost:${settings.port}`,
    AUTH_TRUST_HOST: "true",
    SANDBOX_URL: `http://127.0.0.1:${settings.sandbox.port}/v1`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const given = Object.fromEntries(Object.entries(inherited).filter(([, value]) => value?.trim()));
  return {
    ...defaults,
    ...given,
    PORT: String(settings.port),
    TOLLKEEPER_HOME: settings.home,
    SANDBOX_ENABLED: String(settings.sandbox.isEnabled),
    AUTH_SECRET: secrets.AUTH_SECRET,
    ...masterKeys,
    APP_DATABASE_URL: appUrl,
  };
}

function printLine(name, line) {
  console.log(`${name.padEnd(7)} | ${line}`);
}

function announce(settings, env) {
  log("Ready.");
  console.log(`\n  Tollkeeper           ${env.AUTH_URL}`);
  if (settings.sandbox.isEnabled)
    console.log(`  Sample organization  ${env.SANDBOX_URL} (a sandbox that stands in for OpenAI)`);
  console.log(`  Data and secrets     ${settings.home}`);
  console.log("  Stop                 Ctrl-C\n");
}
