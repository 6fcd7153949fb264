import { outputOf } from "./run.mjs";

/** What npm knows of holes in production dependencies. Registries may not offer that, and machines may be offline. */
export async function checkDependencies() {
  const { stdout } = await outputOf("npm", ["audit", "--json", "--omit=dev"]);
  return readAudit(stdout);
}

/**
 * Holes of the upper two severities are problems; the others are counted.
 * @param {string} json what `npm audit --json` prints
 * @returns {import("./check.mjs").Finding}
 */
export function readAudit(json) {
  const { vulnerabilities, metadata, message, error } = parsed(json);
  if (!vulnerabilities)
    return { problems: [], notChecked: `no answer from the registry: ${message ?? error?.summary ?? "no report"}` };
  const problems = Object.values(vulnerabilities)
    .filter(({ severity }) => severity === "high" || severity === "critical")
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
  const { total = 0, moderate = 0, low = 0 } = metadata?.vulnerabilities ?? {};
  return { problems, note: `${total} known, ${moderate} of them moderate, ${low} low` };
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
