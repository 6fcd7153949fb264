#!/usr/bin/env node
// `npm start`: everything from a fresh clone to a running product. `npm start -- --dev`: the same with pages compiled on demand.
import { preflight } from "./lib/preflight.mjs";
import { onProjectNode } from "./lib/project-node.mjs";

const dev = process.argv.includes("--dev");

await onProjectNode({
  preflight,
  main: async () => {
    const { start } = await import("./lib/start.mjs");
    await start({ dev });
  },
});
