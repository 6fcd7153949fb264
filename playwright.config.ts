import os from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";

// `npm test` chooses these; the defaults serve `npx playwright test` beside a running installation.
const port = process.env.E2E_PORT ?? "3100";
const sandboxPort = process.env.E2E_SANDBOX_PORT ?? "4110";
const home = process.env.E2E_HOME ?? path.join(os.tmpdir(), "tollkeeper-e2e");
const baseURL = `http://localhost:${port}`;

/** Empty means unset, and keeps a developer's .env out of the tests. */
const noneOfTheDevelopers = Object.fromEntries(
  [
    "APP_DATABASE_URL",
    "AUTH_SECRET",
    "AUTH_URL",
    "DATABASE_URL",
    "MASTER_KEYS",
    "MASTER_KEYS_FILE",
    "OPENAI_BASE_URL",
    "REDIS_URL",
    "SANDBOX_URL",
  ].map((name) => [name, ""]),
);

export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // One installation serves all tests, and two cores the whole machine.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL,
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  webServer: {
    command: "node scripts/start.mjs",
    url: `${baseURL}/api/health/ready`,
    timeout: 240_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    env: {
      ...noneOfTheDevelopers,
      PORT: port,
      SANDBOX_PORT: sandboxPort,
      SANDBOX_ENABLED: "true",
      TOLLKEEPER_HOME: home,
    },
  },
});
