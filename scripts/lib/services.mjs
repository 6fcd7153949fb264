import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "./errors.mjs";
import { packages } from "./paths.mjs";
import { acceptsConnections } from "./ports.mjs";
import { startNode } from "./processes.mjs";
import { typescript } from "./typescript.mjs";

/**
 * @typedef {object} Service
 * @property {string} name
 * @property {string[]} args for node
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<boolean>} isReady
 */

/**
 * A back-fill makes garbage faster than Node collects it by itself: with a small young generation and a bound on the old
 * one, well above what the worker ever needs, it stays at half the memory for the same time (bench/README.md).
 */
export const workerHeap = ["--max-semi-space-size=8", "--max-old-space-size=160"];

/** Two of glibc's arenas instead of eight for each core: what one frees the others take, a tenth of the worker's memory. */
export const workerMalloc = { MALLOC_ARENA_MAX: "2" };

/** Knows where requests come from, before Next sees them. */
const webFront = ["--import", new URL("web-front.mjs", import.meta.url).href];

/**
 * The programs the product consists of.
 * @param {import("./settings.mjs").Settings} settings
 * @param {{ env: NodeJS.ProcessEnv, workerHealthPort: number, dev: boolean }} options `env` as server/env.ts reads it
 * @returns {Service[]}
 */
export function servicesOf(settings, { env, workerHealthPort, dev }) {
  const web = {
    name: "web",
    args: [...webFront, packages.next, dev ? "dev" : "start", "-p", String(settings.port)],
    env,
    isReady: () => answers(`http://127.0.0.1:${settings.port}/api/health/ready`),
  };
  const worker = {
    name: "worker",
    args: [...workerHeap, ...typescript("workers/main.ts")],
    env: { ...env, ...workerMalloc, WORKER_HEALTH_PORT: String(workerHealthPort) },
    isReady: () => acceptsConnections(workerHealthPort),
  };
  const sandbox = {
    name: "sandbox",
    args: typescript("sandbox/main.ts"),
    env: sandboxEnvironment(settings),
    isReady: () => acceptsConnections(settings.sandbox.port),
  };
  return settings.sandbox.isEnabled ? [sandbox, web, worker] : [web, worker];
}

/**
 * Starts the services and waits until all of them work.
 * @param {Service[]} services
 * @param {{ onLine: (name: string, line: string) => void, patienceMs?: number }} options
 * @returns {Promise<{ crashed: Promise<never> }>} `crashed` rejects when one of them ends
 */
export async function startServices(services, { onLine, patienceMs = 180_000 }) {
  const endings = services.map(async ({ name, args, env }) => {
    const program = startNode(args, { env, onLine: (line) => onLine(name, line) });
    const { code, signal } = await program.ended;
    throw new UserError(
      `The ${name} process ended unexpectedly (${signal ?? `exit code ${code}`}); its last lines are above.`,
    );
  });
  const crashed = Promise.race(endings);
  const deadline = Date.now() + patienceMs;
  await Promise.race([crashed, Promise.all(services.map((service) => untilReady(service, deadline)))]);
  crashed.catch(() => {});
  return { crashed };
}

/** The sandbox plays a foreign service: it gets none of our secrets. */
function sandboxEnvironment(settings) {
  const passed = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|TZ|LANG|LOG_LEVEL|NODE_ENV|SANDBOX_.*)$/.test(name),
  );
  return { ...Object.fromEntries(passed), SANDBOX_PORT: String(settings.sandbox.port) };
}

async function untilReady({ name, isReady }, deadline) {
  while (!(await isReady())) {
    if (Date.now() > deadline)
      throw new UserError(`The ${name} process runs, but does not become ready; see its lines above.`);
    await sleep(100);
  }
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
