#!/usr/bin/env node
// `npm run build`: the web application, ready for `npm start`. Needs no database.
import { onProjectNode } from "./lib/project-node.mjs";

await onProjectNode({
  main: async () => {
    const { runMain } = await import("./lib/run-main.mjs");
    await runMain(build);
  },
});

async function build() {
  const [{ buildIfNeeded }, { generateClient }] = await Promise.all([
    import("./lib/build.mjs"),
    import("./lib/prisma.mjs"),
  ]);
  const options = { env: process.env, log: console.log };
  await generateClient(options);
  await buildIfNeeded({ ...options, onLine: console.log });
  console.log("The build is up to date.");
}
