import pg from "pg";
import { connectionOf } from "./arguments.mjs";
import { logError } from "./log.mjs";

/** Prisma's codes for PostgreSQL's; anything else means that the server could not be reached. */
const prismaCodes = { "3D000": "P1003", "42P04": "P1009", "28P01": "P1000", 28000: "P1000" };

/**
 * `schema-engine cli <command>`
 * @param {string} command can-connect-to-database, create-database or drop-database
 * @param {string} url
 * @returns {Promise<number>} exit code
 */
export async function runCommand(command, url) {
  const target = connectionOf(url);
  const isCheck = command === "can-connect-to-database";
  const client = new pg.Client(isCheck ? target : connectionOf(url, "postgres"));
  const database = client.escapeIdentifier(target.database);
  try {
    await client.connect();
    if (command === "create-database") await client.query(`CREATE DATABASE ${database}`);
    else if (command === "drop-database") await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    else await client.query("SELECT 1");
    return 0;
  } catch (error) {
    const code = prismaCodes[error.code] ?? "P1001";
    logError(messageFor(code, { database: target.database, error }), code);
    return 1;
  } finally {
    await client.end().catch(() => {});
  }
}

function messageFor(code, { database, error }) {
  if (code === "P1003") return `Database \`${database}\` does not exist`;
  if (code === "P1009") return `Database \`${database}\` already exists`;
  if (code === "P1000") return "Authentication failed";
  return `Can't reach database server: ${error.message || error.code}`;
}
