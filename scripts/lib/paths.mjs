import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

export const fromRoot = (...parts) => path.join(root, ...parts);

export const migrationsDir = fromRoot("prisma/migrations");

/** A program installed by npm, as a path to the JavaScript file itself. */
export const packages = {
  biome: fromRoot("node_modules/@biomejs/biome/bin/biome"),
  depcruise: fromRoot("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
  knip: fromRoot("node_modules/knip/bin/knip.js"),
  next: fromRoot("node_modules/next/dist/bin/next"),
  oxlint: fromRoot("node_modules/oxlint/bin/oxlint"),
  playwright: fromRoot("node_modules/@playwright/test/cli.js"),
  prisma: fromRoot("node_modules/prisma/build/index.js"),
  tsc: fromRoot("node_modules/typescript-native/bin/tsc"),
  vitest: fromRoot("node_modules/vitest/vitest.mjs"),
};
