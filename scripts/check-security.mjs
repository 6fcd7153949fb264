#!/usr/bin/env node
// `npm run check:security`: known holes in dependencies, their licences, secrets in files, and rules about our own code.
import { onProjectNode } from "./lib/project-node.mjs";

await onProjectNode({
  main: async () => {
    const [{ runMain }, { checkSecurity }] = await Promise.all([
      import("./lib/run-main.mjs"),
      import("./lib/security/check.mjs"),
    ]);
    await runMain(checkSecurity);
  },
});
