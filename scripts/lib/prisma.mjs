import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fromRoot, packages } from "./paths.mjs";
import { runNode } from "./processes.mjs";

const generatedDir = fromRoot("server/db/generated");
const stamp = path.join(generatedDir, ".made-from");

/**
 * The environment for Prisma's command line. By itself it would download a program to do its work; ours stands in for it.
 * @param {NodeJS.ProcessEnv} env
 */
export function prismaEnvironment(env) {
  return {
    ...env,
    PRISMA_SCHEMA_ENGINE_BINARY: fromRoot("scripts/schema-engine.mjs"),
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

/**
 * Generates the database client unless it is the one of the present schema.
 * @param {{ env: NodeJS.ProcessEnv, log: (message: string) => void }} options
 */
export async function generateClient({ env, log }) {
  const wanted = inputHash();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return;
  log("Generating the database client …");
  await runNode([packages.prisma, "generate"], { what: "prisma generate", env: prismaEnvironment(env) });
  fs.writeFileSync(stamp, wanted);
}

function inputHash() {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"])
    hash.update(fs.readFileSync(fromRoot(file)));
  return hash.digest("hex");
}
