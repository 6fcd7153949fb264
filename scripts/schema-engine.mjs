#!/usr/bin/env node
// Stands in for the `schema-engine` program that Prisma's command line downloads: the same JSON-RPC over standard input and
// output, done by Prisma's own engine compiled to WebAssembly and its PostgreSQL driver adapter, both of which npm installs.
// Use: PRISMA_SCHEMA_ENGINE_BINARY=<absolute path of this file> prisma …
import { parseArguments } from "./lib/schema-engine/arguments.mjs";

const options = parseArguments(process.argv.slice(2));

if (options.wantsVersion) {
  console.log("schema-engine-wasm");
} else if (options.command) {
  const { runCommand } = await import("./lib/schema-engine/command.mjs");
  process.exitCode = await runCommand(options.command, options.datasource.url);
} else {
  const { serve } = await import("./lib/schema-engine/rpc.mjs");
  await serve(options);
}
