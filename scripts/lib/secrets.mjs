import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { UserError } from "./errors.mjs";
import { root } from "./paths.mjs";
import { placeForPostgres, postgresAccount } from "./postgres/account.mjs";
import { valueOf } from "./settings.mjs";

const generators = {
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  APP_DATABASE_PASSWORD: () => randomBytes(24).toString("base64url"),
};

/**
 * The installation's secrets: those the operator sets, and for the others what was generated at the first start and is kept
 * in `secrets.json` of the home directory (0600).
 * @param {string} home
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ AUTH_SECRET: string, APP_DATABASE_PASSWORD: string }}
 */
export function ensureSecrets(home, env) {
  const file = path.join(home, "secrets.json");
  const kept = readSecrets(file);
  const secrets = {};
  const generated = {};
  for (const [name, generate] of Object.entries(generators)) {
    secrets[name] = valueOf(env, name) ?? kept[name] ?? (generated[name] = generate());
  }
  if (Object.keys(generated).length > 0) writeSecrets(file, { ...kept, ...generated });
  return secrets;
}

/**
 * Where the product finds its master keys: as the operator says, or in `master-keys` of the home directory (0600), which the
 * first start makes and `keys rotate-master` extends. Never made twice: without the old keys, nothing they sealed opens.
 * @param {string} home
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ MASTER_KEYS?: string, MASTER_KEYS_FILE?: string }}
 */
export function ensureMasterKeys(home, env) {
  const [MASTER_KEYS, given] = [valueOf(env, "MASTER_KEYS"), valueOf(env, "MASTER_KEYS_FILE")];
  // The same file wherever a command is called from.
  const MASTER_KEYS_FILE = given && path.resolve(root, given);
  if (MASTER_KEYS || MASTER_KEYS_FILE) return { MASTER_KEYS, MASTER_KEYS_FILE };
  const file = path.join(home, "master-keys");
  if (!fs.existsSync(file)) {
    const data = path.join(home, "postgres");
    if (fs.existsSync(data) || fs.existsSync(placeForPostgres(data, "postgres"))) {
      throw new UserError(
        `${file} is missing, but there is data. Restore it from a backup: stored keys cannot be decrypted without it.`,
      );
    }
    writeWhole(file, `v1:${randomBytes(32).toString("base64")}\n`);
  }
  return { MASTER_KEYS_FILE: file };
}

/** The directory of everything that an installation owns. Root's PostgreSQL runs as another account, which must get through. */
export function ensureHome(home) {
  fs.mkdirSync(home, { recursive: true });
  // Root also runs commands on installations of others.
  if (fs.statSync(home).uid === process.getuid?.())
    fs.chmodSync(home, postgresAccount().uid === undefined ? 0o700 : 0o711);
}

function readSecrets(file) {
  if (!fs.existsSync(file)) return {};
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UserError(
      `${file} cannot be read (${cause.message}). Restore it from a backup: stored keys cannot be decrypted without it.`,
    );
  }
}

function writeSecrets(file, secrets) {
  writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`);
}

/** Half a secret, on a full disk, would be worse than none. */
function writeWhole(file, content) {
  const unfinished = `${file}.new`;
  fs.writeFileSync(unfinished, content, { mode: 0o600, flush: true });
  fs.renameSync(unfinished, file);
}
