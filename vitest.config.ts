import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const generated = ["**/node_modules/**", "**/.next/**", "**/.tollkeeper/**", "e2e/**"];
const needsDatabase = ["**/*.db.test.{ts,mjs}", "**/*.queue.test.ts"];
const needsSandbox = ["**/*.contract.test.ts"];

/** What server/env.ts asks for at least; nothing answers at the address. */
const environment = {
  APP_DATABASE_URL: "postgresql://tollkeeper_app@127.0.0.1/tollkeeper",
  AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
  MASTER_KEYS: `v1:${Buffer.alloc(32, 1).toString("base64")}`,
  LOG_LEVEL: "silent",
};

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": fromRoot("."),
      // The guard throws outside React's server condition; tests run in neither.
      "server-only": fromRoot("node_modules/server-only/empty.js"),
    },
  },
  test: {
    // next-auth imports "next/server" without extension, which plain Node cannot resolve.
    server: { deps: { inline: ["next-auth"] } },
    pool: "forks",
    maxWorkers: 2,
    // A busy machine is slow, not wrong.
    testTimeout: 30_000,
    exclude: generated,
    projects: [
      // Without isolation, files share a process and what it has loaded: each puts back what it changes there.
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          isolate: false,
          env: environment,
          include: ["**/*.test.ts", "scripts/**/*.test.mjs"],
          exclude: [...generated, ...needsDatabase, ...needsSandbox],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          isolate: false,
          include: ["**/*.test.tsx"],
          setupFiles: ["./vitest.dom-setup.ts"],
        },
      },
      {
        // The sandbox started for real, spoken to over HTTP.
        extends: true,
        test: {
          name: "contract",
          environment: "node",
          include: needsSandbox,
          hookTimeout: 60_000,
        },
      },
      {
        // Needs TEST_DATABASE_URL (and TEST_REDIS_URL for queue tests): `npm test -- --only db` provides both.
        extends: true,
        test: {
          name: "db",
          environment: "node",
          include: needsDatabase,
          globalSetup: ["./server/testing/global-setup.ts"],
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
