import type { BenchDatabase, Defer } from "@/bench/lib/database";
import { buildIfNeeded, markAsServing } from "../../scripts/lib/build.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { type Program, startNode } from "../../scripts/lib/processes.mjs";
import { servicesOf } from "../../scripts/lib/services.mjs";
import { readSettings } from "../../scripts/lib/settings.mjs";

/** Web and worker with the arguments that `npm start` gives them, on the benchmark's database. Builds if needed. */
export async function startProduct(defer: Defer, database: BenchDatabase): Promise<{ web: Program; worker: Program }> {
  await buildIfNeeded({ env: process.env, log: console.log });
  defer(markAsServing());
  const port = await freePort();
  const env = { ...process.env, APP_DATABASE_URL: database.appUrl, AUTH_TRUST_HOST: "true" };
  const settings = { ...readSettings({ NODE_ENV: "production", SANDBOX_ENABLED: "false" }), port };
  const services = servicesOf(settings, { env, workerHealthPort: await freePort(), dev: false });
  const started = new Map(
    services.map(({ name, args, env: own, isReady }) => {
      const program = startNode(args, { env: own });
      defer(() => program.stop());
      return [name, { program, isReady }] as const;
    }),
  );
  const ready = async (name: string) => {
    const service = started.get(name);
    if (!service) throw new Error(`the product has no ${name}`);
    const { program, isReady } = service;
    const ended = program.ended.then(() => {
      throw new Error(`${name} ended:\n${program.tail()}`);
    });
    ended.catch(() => {});
    await Promise.race([ended, untilReady(isReady)]);
    return program;
  };
  return { web: await ready("web"), worker: await ready("worker") };
}

async function untilReady(isReady: () => Promise<boolean>) {
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 100));
}
