import { UserError } from "./errors.mjs";
import { withClient } from "./connect.mjs";

/** The role everything but migrations runs as. The migrations create it without login and grant what it needs. */
export const appRole = "tollkeeper_app";

/**
 * Lets the application's role log in with our password, unless it can already.
 * @param {string} ownerUrl
 * @param {{ password: string, log: (message: string) => void }} options
 * @returns {Promise<string>} the URL to connect with as that role
 * @throws {UserError} when the owner may not manage roles
 */
export async function ensureAppRole(ownerUrl, { password, log }) {
  const url = asAppRole(ownerUrl, password);
  if (await canLogIn(url)) return url;
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("select rolcanlogin from pg_roles where rolname = $1", [appRole]);
    const secret = client.escapeLiteral(password);
    try {
      if (rows.length === 0) await client.query(`create role ${appRole} nosuperuser nobypassrls`);
      await client.query(`alter role ${appRole} login password ${secret}`);
      await client.query(grantDatabase);
    } catch (error) {
      // insufficient_privilege
      if (error.code !== "42501") throw error;
      throw new UserError(
        `The user of DATABASE_URL may not set up the role ${appRole} (${error.message}).\n` +
          `Let an administrator run: alter role ${appRole} login password '…', and set APP_DATABASE_URL accordingly.`,
        { cause: error },
      );
    }
    if (rows[0]?.rolcanlogin)
      log(`The role ${appRole} had another password: it was replaced. Others that share it need APP_DATABASE_URL.`);
  });
  return url;
}

const grantDatabase = `do $$ begin
  execute format('grant connect, temporary on database %I to ${appRole}', current_database());
end $$`;

/** The same server and database, another user. */
export function asAppRole(ownerUrl, password) {
  const url = new URL(ownerUrl);
  url.username = appRole;
  url.password = encodeURIComponent(password);
  return url.href;
}

async function canLogIn(url) {
  try {
    await withClient(url, (client) => client.query("select 1"));
    return true;
  } catch {
    return false;
  }
}
