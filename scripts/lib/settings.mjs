import path from "node:path";
import { parseTrustedProxies } from "./client-address.mjs";
import { UserError } from "./errors.mjs";
import { fromRoot, root } from "./paths.mjs";

const postgresUrl = /^postgres(ql)?:\/\//;
const redisUrl = /^rediss?:\/\//;

/**
 * @typedef {object} Settings
 * @property {string} home absolute
 * @property {number} port of the web server
 * @property {{ isEnabled: boolean, port: number }} sandbox
 * @property {string} [databaseUrl] as the owner; the built-in PostgreSQL is used without it
 * @property {string} [appDatabaseUrl] as the application's role
 * @property {string} [redisUrl]
 */

/** Adds what `.env` says to the environment; variables that are set already win. Only read, never written. */
export function loadEnvFile() {
  try {
    process.loadEnvFile(fromRoot(".env"));
  } catch (error) {
    if (error.code !== "ENOENT") throw new UserError(`.env cannot be read: ${error.message}`);
  }
}

/**
 * What the start script itself needs to know; everything else is read by the product (server/env.ts).
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 */
export function readSettings(env) {
  const settings = {
    home: path.resolve(root, valueOf(env, "TOLLKEEPER_HOME") ?? ".tollkeeper"),
    port: portOf(env, "PORT", 3000),
    sandbox: { isEnabled: flagOf(env, "SANDBOX_ENABLED", true), port: portOf(env, "SANDBOX_PORT", 4010) },
    databaseUrl: urlOf(env, "DATABASE_URL", postgresUrl),
    appDatabaseUrl: urlOf(env, "APP_DATABASE_URL", postgresUrl),
    redisUrl: urlOf(env, "REDIS_URL", redisUrl),
  };
  if (settings.appDatabaseUrl && !settings.databaseUrl) {
    throw new UserError(
      "APP_DATABASE_URL is set, DATABASE_URL is not: set both, or neither to use the built-in PostgreSQL.",
    );
  }
  // Read by the web server itself; said here, before anything starts.
  parseTrustedProxies(valueOf(env, "TRUSTED_PROXIES"));
  if (settings.sandbox.isEnabled && settings.sandbox.port === settings.port) {
    throw new UserError(`PORT and SANDBOX_PORT are both ${settings.port}. Choose different ones.`);
  }
  return settings;
}

/** Set to nothing means unset, as in a copied .env.example. */
export function valueOf(env, name) {
  return env[name]?.trim() || undefined;
}

function portOf(env, name, fallback) {
  const value = valueOf(env, name);
  if (value === undefined) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UserError(`${name} must be a port number from 1 to 65535, not "${value}".`);
}

function flagOf(env, name, fallback) {
  const value = valueOf(env, name);
  if (value === undefined) return fallback;
  if (["true", "1"].includes(value)) return true;
  if (["false", "0"].includes(value)) return false;
  throw new UserError(`${name} must be true or false, not "${value}".`);
}

/** The value is not repeated in the message: it may contain a password. */
function urlOf(env, name, scheme) {
  const value = valueOf(env, name);
  if (value === undefined || (scheme.test(value) && URL.canParse(value))) return value;
  throw new UserError(
    `${name} is not a URL such as ${name === "REDIS_URL" ? "redis://host:6379" : "postgresql://user:password@host:5432/tollkeeper"}.`,
  );
}
