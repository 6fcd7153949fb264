#!/usr/bin/env node
// Runs on the oldest Node we accept, and installs nothing: hands over to the project's own Node, then to cli/main.ts.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { fromRoot, root } from "../scripts/lib/paths.mjs";

const projectNode = fromRoot("node_modules/.bin/node");

if (!fs.existsSync(fromRoot("node_modules/tsx"))) {
  console.error(`Tollkeeper's dependencies are not installed. Run \`npm start\` or \`npm ci\` in ${root} first.`);
  process.exit(1);
}
if (isProjectNode()) await run();
else relaunch();

/** Also true where npm has no such Node for the platform, and the one that runs has to do. */
function isProjectNode() {
  return !fs.existsSync(projectNode) || fs.realpathSync(projectNode) === fs.realpathSync(process.execPath);
}

async function run() {
  const { register } = await import("tsx/esm/api");
  // Named, because otherwise tsx looks for one where the command is called from.
  register({ tsconfig: fromRoot("tsconfig.json") });
  await import("./main.ts");
}

/** The relaunched process notices our death through the tether, even a sudden one; signals sent to us alone are passed on. */
function relaunch() {
  const tether = new URL("../scripts/lib/tether.mjs", import.meta.url).href;
  const child = spawn(projectNode, ["--import", tether, ...process.argv.slice(1)], {
    env: { ...process.env, TOLLKEEPER_TETHER: String(process.pid) },
    stdio: ["inherit", "inherit", "inherit", "pipe"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`The project's own Node cannot be run (${error.message}). Run \`npm ci\` in ${root}.`);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}
