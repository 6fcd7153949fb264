// Everything in here and in what it imports must run on the oldest Node we accept, before anything is installed.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describeFailure, UserError } from "./errors.mjs";
import { installDependencies } from "./install.mjs";
import { fromRoot } from "./paths.mjs";

const oldest = [20, 19];
/** The oldest Node on which everything runs, where npm has no Node of our version for the platform. */
const oldestWithoutProjectNode = [22, 19];
const projectNode = fromRoot("node_modules/.bin/node");
const tether = new URL("tether.mjs", import.meta.url).href;

/**
 * Installs the dependencies if need be, then runs `main` in this process if it is the project's own Node, or runs the same
 * script again on the project's Node and ends with its exit code.
 * @param {{ preflight?: () => Promise<void>, main: () => Promise<void> }} steps `preflight` runs before anything is installed
 */
export async function onProjectNode({ preflight, main }) {
  endWithNpm();
  try {
    assertNodeAtLeast(oldest);
    await preflight?.();
    await installDependencies();
    if (!isProjectNode()) return relaunch();
    assertNodeAtLeast(oldestWithoutProjectNode);
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
  process.env.PATH = `${path.dirname(projectNode)}${path.delimiter}${process.env.PATH}`;
  await main();
}

/** npm passes a signal on to the shell between us, which dies of it without telling us: being orphaned is all we notice. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/** Also true where there is no such Node for the platform, and the one that runs has to do. */
function isProjectNode() {
  return !fs.existsSync(projectNode) || fs.realpathSync(projectNode) === fs.realpathSync(process.execPath);
}

/** The relaunched process sees our death through the tether; we pass it the signals that were sent to us alone. */
function relaunch() {
  const env = { ...process.env, TOLLKEEPER_TETHER: String(process.pid) };
  const child = spawn(projectNode, ["--import", tether, ...process.argv.slice(1)], {
    env,
    stdio: ["inherit", "inherit", "inherit", "pipe"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`The project's own Node cannot be run (${error.message}). Remove node_modules and try again.`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => {
    if (signal) console.error(`The process was killed (${signal}).`);
    process.exit(code ?? 1);
  });
}

function assertNodeAtLeast([major, minor]) {
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new UserError(
    `Node ${major}.${minor} or newer is needed; this is ${process.versions.node}. See https://nodejs.org/`,
  );
}
