import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../../scripts/lib/paths.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";

const PATIENCE_MS = 1_800_000;

/**
 * @typedef {object} Installation
 * @property {string} origin
 * @property {number} pid of npm, whose descendants are the product
 * @property {{ at: number, text: string }[]} lines what it printed, with milliseconds since it was started
 * @property {number} firstPageMs from the command to the last byte of the start page
 * @property {() => Promise<number>} stop gives the milliseconds that a Ctrl-C took
 */

/**
 * `npm start` in a checkout, on free ports, until the start page is there.
 * @param {{ checkout: string, home: string, settings?: Record<string, string>, defer: (undo: () => unknown) => void }} options
 * `settings` of the product
 * @returns {Promise<Installation>}
 */
export async function startInstallation({ checkout, home, settings, defer }) {
  const port = await freePort();
  const env = {
    ...ownEnvironment(),
    ...settings,
    TOLLKEEPER_HOME: home,
    PORT: String(port),
    SANDBOX_PORT: String(await freePort()),
  };
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const child = spawn("npm", ["start"], { cwd: checkout, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    readline.createInterface({ input: stream }).on("line", (text) => lines.push({ at: elapsed(), text }));
  }
  let hasEnded = false;
  const ended = new Promise((resolve) => child.once("close", resolve)).then(() => {
    hasEnded = true;
  });
  const stop = async () => {
    const stoppedAt = performance.now();
    if (!hasEnded) process.kill(-child.pid, "SIGINT");
    await ended;
    return performance.now() - stoppedAt;
  };
  defer(stop);
  const origin = `http://localhost:${port}`;
  while (!(await answers(origin))) {
    if (hasEnded || elapsed() > PATIENCE_MS) {
      throw new Error(`npm start did not come up:\n${lines.map(({ text }) => text).join("\n")}`);
    }
    await sleep(50);
  }
  return { origin, pid: child.pid, lines, firstPageMs: elapsed(), stop };
}

async function answers(origin) {
  try {
    const response = await fetch(origin);
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** As a newcomer's shell has it: without this checkout's own Node, npm's variables and the operator's settings. */
function ownEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      /^(HOME|USER|LANG|TZ|TMPDIR|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS)$/i.test(name) || isNpmSetting(name),
  );
  const foreign = (process.env.PATH ?? "").split(path.delimiter).filter((dir) => !dir.startsWith(root));
  return { ...Object.fromEntries(kept), PATH: foreign.join(path.delimiter) };
}

/** Where packages come from, but nothing about the npm that started us. */
const isNpmSetting = (name) => /^npm_config_(registry|cache|cafile|proxy|https_proxy)$/i.test(name);
