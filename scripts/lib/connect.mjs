import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { UserError } from "./errors.mjs";

const unreachable = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNRESET",
  "ENOENT",
]);
/** cannot_connect_now: the server is still starting. */
const starting = "57P03";

/**
 * Does something over one connection and closes it.
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Without a listener, a connection that is lost while idle would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Waits for a database server that may still be starting, and explains what is wrong where waiting does not help.
 * @param {string} url
 * @param {{ variable: string, patienceMs?: number, log?: (message: string) => void }} options `variable` names the setting
 */
export async function assertReachable(url, { variable, patienceMs = 15_000, log = () => {} }) {
  const deadline = Date.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withClient(url, (client) => client.query("select 1"));
      return;
    } catch (error) {
      const isPassing = isUnreachable(error) || error.code === starting;
      if (!isPassing || Date.now() > deadline)
        throw new UserError(explanation(error, { url, variable }), { cause: error });
      if (attempt === 1) log(`Waiting for the database at ${addressOf(url)} …`);
      await sleep(500);
    }
  }
}

function isUnreachable(error) {
  return unreachable.has(error.code) || /timeout expired|terminated unexpectedly/.test(error.message);
}

function explanation(error, { url, variable }) {
  const address = addressOf(url);
  if (isUnreachable(error))
    return `No PostgreSQL answers at ${address} (${error.code ?? error.message}). Check ${variable}.`;
  if (error.code === "28P01" || error.code === "28000")
    return `PostgreSQL at ${address} refuses the user or the password of ${variable}.`;
  if (error.code === "3D000") return `The database named in ${variable} does not exist on ${address}. Create it first.`;
  return `PostgreSQL at ${address} cannot be used: ${error.message}. Check ${variable}.`;
}

/** Host and port, without the credentials. */
function addressOf(url) {
  try {
    const { hostname, port, searchParams } = new URL(url);
    return searchParams.get("host") ?? `${hostname}:${port || 5432}`;
  } catch {
    return "an address that is not a valid URL";
  }
}
