#!/usr/bin/env node
// `npm run check`: format, lint, types, boundaries, dead code and unit tests. Needs no service; run it before every commit.
import { onProjectNode } from "./lib/project-node.mjs";

await onProjectNode({
  main: async () => {
    const [{ runMain }, { check }] = await Promise.all([import("./lib/run-main.mjs"), import("./lib/check.mjs")]);
    await runMain(check);
  },
});
