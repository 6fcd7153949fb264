#!/usr/bin/env node
// `npm run db:migrate:new -- <name>`: writes the next migration from the difference between prisma/schema.prisma and the
// migrations so far. Edit the file afterwards (policies, grants, data); `npm start` and the tests apply it.
import { onProjectNode } from "./lib/project-node.mjs";

await onProjectNode({
  main: async () => {
    const [{ runMain }, { newMigration }] = await Promise.all([
      import("./lib/run-main.mjs"),
      import("./lib/new-migration.mjs"),
    ]);
    await runMain(({ defer }) => newMigration(process.argv[2], { defer }));
  },
});
