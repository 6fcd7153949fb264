import type { Defer } from "@/bench/lib/database";
import { fromRoot } from "../../scripts/lib/paths.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { startNode } from "../../scripts/lib/processes.mjs";
import { typescript } from "../../scripts/lib/typescript.mjs";

export type Sandbox = Awaited<ReturnType<typeof startSandboxProcess>>;

type SandboxOptions = {
  historyDays: number;
  /** So many times the keys and facts. */
  scale?: number;
  /** ISO 8601: where its clock stands still. It runs where this is left out. */
  now?: string;
};

/** The sandbox as a process of its own: what it computes is not on the syncing process's account. */
export async function startSandboxProcess(defer: Defer, options: SandboxOptions) {
  const port = await freePort();
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    SANDBOX_PORT: String(port),
    SANDBOX_NOW: options.now,
    SANDBOX_HISTORY_DAYS: String(options.historyDays),
    SANDBOX_SCALE: String(options.scale ?? 1),
  };
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const program = startNode(typescript(fromRoot("sandbox/main.ts")), {
    env: { ...env, NODE_ENV: "production" },
    onLine: () => isReady(),
  });
  defer(() => program.stop());
  await Promise.race([
    ready,
    program.ended.then(() => {
      throw new Error(`the sandbox ended:\n${program.tail()}`);
    }),
  ]);
  const origin = `http://127.0.0.1:${port}`;
  const request = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${origin}/control/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return response.json();
  };
  return {
    pid: program.pid,
    url: `${origin}/v1`,
    latency: (latencyMs: number) => request("POST", "faults", { latencyMs }),
    rateLimit: (perMinute: number | null, burst?: number) => request("POST", "rate-limit", { perMinute, burst }),
    resetStats: () => request("POST", "stats/reset"),
    stats: (): Promise<{ total: number; rateLimited: number; concurrentPeak: number; calls: Record<string, number> }> =>
      request("GET", "stats"),
  };
}
