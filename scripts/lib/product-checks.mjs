import { UserError } from "./errors.mjs";
import { startNode } from "./processes.mjs";
import { typescript } from "./typescript.mjs";

/**
 * Lets the product itself say whether it can work with what it would be given: it knows the rules, and TypeScript.
 * @param {"settings" | "database"} what "settings" touches nothing; "database" needs a migrated one
 * @param {NodeJS.ProcessEnv} env
 * @throws {UserError} with the product's own words
 */
export async function checkProduct(what, env) {
  const program = startNode([...typescript("workers/preflight.ts"), what], { env });
  const { code, signal } = await program.ended;
  if (code !== 0) throw new UserError(program.tail() || `workers/preflight.ts ended with ${signal ?? code}.`);
}
