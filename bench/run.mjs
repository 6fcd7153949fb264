#!/usr/bin/env node
// `node bench/run.mjs <name>`: one benchmark, with everything it needs. See bench/README.md.
import { onProjectNode } from "../scripts/lib/project-node.mjs";

const benchmarks = {
  ingest: "./ingest.ts",
  backfill: "./backfill.ts",
  memory: "./memory.ts",
  security: "./security.ts",
  queries: "./queries.ts",
  explore: "./explore.ts",
  imports: "./imports.ts",
  exports: "./exports.ts",
  start: "./start.mjs",
  bundle: "./bundle.mjs",
  paint: "./paint.mjs",
};

const file = benchmarks[process.argv[2]];
if (!file) {
  console.error(`Usage: node bench/run.mjs ${Object.keys(benchmarks).join(" | ")}`);
  process.exit(2);
}

await onProjectNode({
  main: async () => {
    const [{ generateClient }, { register }] = await Promise.all([
      import("../scripts/lib/prisma.mjs"),
      import("tsx/esm/api"),
    ]);
    await generateClient({ env: process.env, log: console.log });
    register();
    await import(file);
  },
});
