import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startCli } from "@/cli/testing";

// Nothing runs and nothing is configured: the command brings its own PostgreSQL.

vi.setConfig({ testTimeout: 120_000 });
let home: string;
beforeAll(() => {
  const parent = mkdtempSync(path.join(tmpdir(), "tollkeeper-alone-"));
  // Where the tests run as root, PostgreSQL runs as somebody else and must get through.
  chmodSync(parent, 0o755);
  home = path.join(parent, "home");
});
afterAll(() => rmSync(path.dirname(home), { recursive: true, force: true }));

// Empty, because a developer's .env may name a database.
const environment = () => ({ PATH: process.env.PATH, TOLLKEEPER_HOME: home, DATABASE_URL: "", APP_DATABASE_URL: "" });
const tk = (line: string, input?: string) => startCli(line.split(" "), { env: environment(), input }).ended;

it("starts a database, keeps what it stores, and leaves nothing running", async () => {
  const made = await tk("user create --email ada@example.com --password-stdin --json", "four words in a row\n");
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining("ada@example.com") });
  expect(await tk("org create --name Acme --owner ada@example.com")).toEqual({ code: 0, out: "acme\n", err: "" });
  expect(existsSync(path.join(home, "postgres", "PG_VERSION"))).toBe(true);
  expect(existsSync(path.join(home, "postgres", "postmaster.pid"))).toBe(false);
  expect(existsSync(path.join(home, "cli.lock"))).toBe(false);
});

it("commands that are started at once wait for each other", async () => {
  const names = ["One", "Two", "Three"];
  const results = await Promise.all(names.map((name) => tk(`org create --name ${name} --owner ada@example.com`)));
  expect(results.map(({ code, out }) => ({ code, out }))).toEqual(
    names.map((name) => ({ code: 0, out: `${name.toLowerCase()}\n` })),
  );
  expect(results.some(({ err }) => err.includes("Waiting for another command"))).toBe(true);
});

it("secrets are readable by their owner alone", () => {
  expect(readFileSync(path.join(home, "master-keys"), "utf8")).toMatch(/^v1:/);
  for (const file of ["master-keys", "secrets.json"]) expect(statSync(path.join(home, file)).mode & 0o077).toBe(0);
});
