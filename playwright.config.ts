import { defineConfig } from "@playwright/test";
import { operator } from "./e2e/support/operator";
import { baseURL, dnsPort, home, port, sandboxOrigin, sandboxPort } from "./e2e/support/installation";

/** Empty means unset, and keeps a developer's .env out of the tests. */
const noneOfTheDevelopers = Object.fromEntries(
  [
    "APP_DATABASE_URL",
    "AUTH_SECRET",
    "AUTH_URL",
    "DATABASE_URL",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "MASTER_KEYS",
    "MASTER_KEYS_FILE",
    "REDIS_URL",
    "SANDBOX_URL",
  ].map((name) => [name, ""]),
);

export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  timeout: 90_000,
  expect: { timeout: 10_000 },
  // One installation serves all tests, and two cores the whole machine.
  workers: 1,
  // In a whole run a test that the machine was too slow for gets a second try, and is named.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL,
    locale: "en-US",
    timezoneId: "UTC",
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
    // While tests are written: E2E_REUSE=1 tests what already runs on these ports.
    reuseExistingServer: Boolean(process.env.E2E_REUSE),
    timeout: 240_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    env: {
      ...noneOfTheDevelopers,
      PORT: port,
      SANDBOX_PORT: sandboxPort,
      SANDBOX_ENABLED: "true",
      // Without a mail server mails stay in the outbox, where the tests read them as this person.
      OPERATOR_EMAILS: operator.email,
      // Identity providers and DNS of the tests answer on loopback.
      ALLOW_PRIVATE_ADDRESSES: "true",
      DNS_SERVERS: `127.0.0.1:${dnsPort}`,
      TOLLKEEPER_HOME: home,
      // Where connections made with a pasted key lead.
      OPENAI_BASE_URL: `${sandboxOrigin}/v1`,
      // A sandbox whose clock stands still bills nothing while a test looks.
      SANDBOX_NOW: new Date().toISOString(),
    },
  },
});
