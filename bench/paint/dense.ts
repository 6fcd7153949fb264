import { type Defer, startDatabase } from "@/bench/lib/database";
import { denseStage } from "@/bench/queries/shape";
import { fillStage } from "@/bench/queries/stage";
import { closeDatabase } from "@/server/db/client";
import { PASSWORD } from "../lib/password.mjs";

/**
 * A database with ten million facts in 90 days, and packs of them.
 * @returns the organization's slug, its owner, and the settings with which the product serves it
 */
export async function fillDense(defer: Defer) {
  const { owner, ownerUrl, appUrl } = await startDatabase(defer);
  const { access, seconds, packs } = await fillStage(owner, denseStage);
  console.log(`Written in ${seconds.written} s, ${packs} packs made in ${seconds.packed} s`);
  await closeDatabase();
  // Their provider is made up, and nothing answers there.
  await owner.query("update connections set status = 'paused'");
  const { rows } = await owner.query(
    `select o.slug, u.email from orgs o join memberships m on m.org_id = o.id join users u on u.id = m.user_id where o.id = $1`,
    [access.org.id],
  );
  const { AUTH_SECRET = "", MASTER_KEYS = "" } = process.env;
  return {
    org: rows[0].slug as string,
    person: { email: rows[0].email as string, password: PASSWORD },
    settings: { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl, AUTH_SECRET, MASTER_KEYS },
  };
}
