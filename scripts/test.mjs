#!/usr/bin/env node
// `npm test`: everything, from a fresh clone. `npm test -- --only unit|db|e2e`: one part of it.
import { parseArgs } from "node:util";
import { onProjectNode } from "./lib/project-node.mjs";

const { only } = parseArgs({ options: { only: { type: "string" } } }).values;

await onProjectNode({
  main: async () => {
    const [{ runMain }, { runTests }] = await Promise.all([import("./lib/run-main.mjs"), import("./lib/test/run.mjs")]);
    await runMain(({ defer }) => runTests({ only, defer }));
  },
});
