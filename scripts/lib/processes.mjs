import { spawn } from "node:child_process";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError, knownCause } from "./errors.mjs";
import { root } from "./paths.mjs";

const tether = new URL("tether.mjs", import.meta.url).href;
const keptLines = 60;

/** Programs that still run; the last resort is the "exit" event, where only synchronous work is possible. */
const running = new Map();
let isClosed = false;
process.on("exit", () => {
  for (const child of running.keys()) signalGroup(child, "SIGKILL");
});

/** Stops everything that still runs, all at once, and refuses to start anything more. */
export async function stopAllPrograms(graceMs) {
  isClosed = true;
  await Promise.all([...running.values()].map((program) => program.stop(graceMs)));
}

/** Waits for the end of this process once everything is being stopped: what breaks from then on is nobody's news. */
export async function parkIfStopping() {
  if (isClosed) await new Promise(() => {});
}

/**
 * @typedef {object} Program
 * @property {number} pid
 * @property {() => string} tail the last lines it printed
 * @property {Promise<{ code: number | null, signal: string | null }>} ended
 * @property {(graceMs?: number) => Promise<void>} stop asks it to end, insists after the grace, and sweeps what it started
 *
 * @typedef {object} ProgramOptions
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => void} [onLine] receives every line it prints
 */

/**
 * Starts a Node program in a process group of its own, so that a Ctrl-C reaches us alone and we decide who stops when.
 * @param {string[]} args what follows `node`
 * @param {ProgramOptions} options
 * @returns {Program}
 */
export function startNode(args, options) {
  const env = { ...options.env, TOLLKEEPER_TETHER: String(process.pid) };
  return startProgram(process.execPath, ["--import", tether, ...args], { ...options, env });
}

/**
 * Starts any program likewise; one that is not Node does not notice our sudden death.
 * @param {string} command
 * @param {string[]} args
 * @param {ProgramOptions} options
 * @returns {Program}
 */
export function startProgram(command, args, { env, onLine }) {
  if (isClosed) throw new Error(`Not starting ${command}: everything is being stopped.`);
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const lines = [];
  const keep = (line) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) readline.createInterface({ input: stream }).on("line", keep);
  const ended = endOf(child, keep);
  const program = { pid: child.pid, ended, tail: () => lines.join("\n"), stop: (graceMs) => stopGroup(child, graceMs) };
  running.set(child, program);
  return program;
}

/**
 * Runs a Node program to its end.
 * @param {string[]} args
 * @param {ProgramOptions & { what: string }} options `what` names the step in the error
 * @returns {Promise<string>} the last lines it printed
 * @throws {UserError} when it fails, with what it printed unless that was shown already
 */
export async function runNode(args, { what, ...options }) {
  const program = startNode(args, options);
  const { code, signal } = await program.ended;
  if (code === 0) return program.tail();
  const cause = knownCause(program.tail());
  const output = options.onLine ? "" : `\n${program.tail()}`;
  throw new UserError(`${what} failed (${signal ?? `exit code ${code}`}).${cause ? ` ${cause}` : ""}${output}`);
}

function endOf(child, keep) {
  // What a program leaves behind would hold its output open, and we would never learn that it ended.
  child.once("exit", () => signalGroup(child, "SIGKILL"));
  return new Promise((resolve) => {
    child.once("error", (error) => {
      keep(error.message);
      resolve({ code: 127, signal: null });
    });
    child.once("close", (code, signal) => resolve({ code, signal }));
  }).finally(() => running.delete(child));
}

async function stopGroup(child, graceMs = 10_000) {
  const program = running.get(child);
  if (!program) return;
  signalGroup(child, "SIGTERM");
  const inTime = await Promise.race([program.ended, sleep(graceMs, undefined, { ref: false })]);
  if (!inTime) signalGroup(child, "SIGKILL");
  await program.ended;
}

/** Reaches the program and whatever it started; a group that is gone already is fine. */
function signalGroup(child, signal) {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}
