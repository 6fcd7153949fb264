import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const generated = ["**/node_modules/**", "**/.next/**", "**/.tollkeeper/**", "e2e/**"];
const needsDatabase = ["**/*.db.test.{ts,mjs}", "**/*.queue.test.ts"];
const needsSandbox = ["**/*.contract.test.ts"];

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
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["**/*.test.ts", "scripts/**/*.test.mjs"],
          exclude: [...generated, ...needsDatabase, ...needsSandbox],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
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
