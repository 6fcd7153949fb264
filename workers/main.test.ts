import { execFile } from "node:child_process";
import { expect, it } from "vitest";

/** The worker as an orchestrator starts it, without `npm start` before it. */
const startWorker = (overrides: Record<string, string>) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const env = { ...process.env, ...overrides };
    execFile("node", ["--import", "tsx", "workers/main.ts"], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, output: stdout + stderr }),
    );
  });

it("says what is wrong with the environment, once and without a stack", async () => {
  const { code, output } = await startWorker({ APP_DATABASE_URL: "", AUTH_SECRET: "short", LOG_LEVEL: "loud" });
  expect(code).toBe(1);
  expect(output.match(/LOG_LEVEL/g)).toHaveLength(1);
  expect(output).not.toMatch(/\n\s+at /);
});
