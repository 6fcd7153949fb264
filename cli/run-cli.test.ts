import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { version } from "@/package.json";
import { runCli } from "@/cli/run-cli";

/** Runs a command line that must be decided before any database is looked for. */
async function run(args: string[], { input = "", isTTY = false } = {}) {
  let out = "";
  let err = "";
  const deferred: unknown[] = [];
  const code = await runCli(args, {
    stdin: Object.assign(Readable.from(input === "" ? [] : [input]), { isTTY }),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    defer: (undo) => deferred.push(undo),
  });
  expect(deferred, "nothing may be opened").toEqual([]);
  return { code, out, err };
}

const token = ["token", "create", "--org", "acme", "--name", "CI"];
const range = ["--org", "acme", "--from", "2026-10-01", "--to", "2026-10-05"];

const schedule = ["exports", "schedule", "--org", "acme", "--name", "Costs", "--parameters", "format=focus"];

describe("help", () => {
  it("lists every command and ends well", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const name of [
      "user",
      "org",
      "two-factor",
      "token",
      "audit",
      "connection",
      "connections",
      "projects",
      "sync",
      "costs",
      "usage",
      "explore",
      "export",
      "keys",
      "rollups",
    ])
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, "m"));
  });

  it("is there for each command", async () => {
    for (const command of [
      ["costs"],
      ["usage"],
      ["explore"],
      ["export"],
      ["exports", "list"],
      ["exports", "run"],
      ["exports", "schedules"],
      ["exports", "schedule"],
      ["exports", "pause"],
      ["exports", "resume"],
      ["exports", "delete"],
      ["sync"],
      ["user", "create"],
      ["keys", "rotate-master"],
      ["rollups", "rebuild"],
      ["token", "create"],
      ["token", "list"],
      ["token", "revoke"],
      ["audit", "export"],
      ["audit", "verify"],
      ["two-factor", "reset"],
    ]) {
      const { code, out } = await run([...command, "--help"]);
      expect(code).toBe(0);
      expect(out).toContain("--json");
    }
  });
});

describe("wrong usage ends with 2, one sentence and no output", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["cost"]],
    ["an unknown option", ["costs", ...range, "--currency", "eur"]],
    ["a missing option", ["costs", "--org", "acme", "--from", "2026-10-01"]],
    ["a day that does not exist", ["costs", "--org", "acme", "--from", "2026-02-30", "--to", "2026-03-02"]],
    ["a time instead of a day", ["costs", "--org", "acme", "--from", "2026-02-01T00:00", "--to", "2026-03-02"]],
    ["an empty range", ["costs", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-01"]],
    ["more than five years", ["costs", "--org", "acme", "--from", "2020-10-01", "--to", "2026-10-01"]],
    ["an unknown group", ["costs", ...range, "--group-by", "day,team"]],
    ["a group that only usage has", ["costs", ...range, "--group-by", "hour"]],
    ["a group that only costs have", ["usage", "completions", ...range, "--group-by", "line_item"]],
    ["costs by user and project", ["costs", ...range, "--group-by", "user,project"]],
    ["costs by key and user", ["costs", ...range, "--group-by", "key,day,user"]],
    ["three groups at once", ["explore", ...range, "--group-by", "project,model,line_item"]],
    ["costs by batch", ["explore", ...range, "--group-by", "batch"]],
    ["costs of a person in a project", ["explore", ...range, "--group-by", "user", "--filter", "project=proj_a"]],
    ["FOCUS in groups", ["export", ...range, "--out", "x", "--format", "focus", "--group-by", "day"]],
    ["a step without a measure", ["export", ...range, "--out", "x", "--granularity", "week"]],
    [
      "a question of usage and of a measure",
      ["export", ...range, "--out", "x", "--measure", "cost", "--usage", "images"],
    ],
    ["an export to nowhere", ["export", ...range]],
    ["an unknown format", ["export", ...range, "--out", "x", "--format", "xls"]],
    ["a schedule to nowhere", [...schedule]],
    ["a schedule to two places", [...schedule, "--mail", "a@example.com", "--bucket", "reports"]],
    ["a storage without its secret", [...schedule, "--bucket", "reports", "--access-key-id", "AK"]],
    ["an eighth day of the week", [...schedule, "--mail", "a@example.com", "--every", "week", "--on", "8"]],
    ["a schedule that is no id", ["exports", "pause", "--org", "acme", "nightly"]],
    ["an unknown measure", ["explore", ...range, "--measure", "dollars"]],
    ["a filter that is none", ["explore", ...range, "--filter", "proj_a"]],
    ["an unknown endpoint", ["usage", "tokens", ...range]],
    ["no endpoint", ["usage", ...range]],
    ["an unknown kind of sync", ["sync", "--org", "acme", "--kind", "all"]],
    ["an end without a beginning", ["sync", "--org", "acme", "--to", "2026-10-01"]],
    ["days of the directory", ["sync", "--org", "acme", "--kind", "directory", "--from", "2026-10-01"]],
    ["neither password nor its place", ["user", "create", "--email", "a@example.com"]],
    ["a short password", ["user", "create", "--email", "a@example.com", "--password", "short"]],
    ["an address that is none", ["user", "create", "--email", "somebody", "--password", "long enough for all"]],
    ["one session and all sessions", ["sessions", "revoke", "--email", "a@example.com", "--session", "x", "--all"]],
    ["a session that is none", ["sessions", "revoke", "--email", "a@example.com", "--session", "x"]],
    ["a token for nothing", ["token", "create", "--org", "acme", "--name", "CI"]],
    ["an unknown scope", [...token, "--scope", "org:delete"]],
    ["an expiry that is none", [...token, "--scope", "usage:read", "--expires", "soon"]],
    ["an expiry that is over", [...token, "--scope", "usage:read", "--expires", "2026-01-01"]],
    ["an expiry too far away", [...token, "--scope", "usage:read", "--expires", "731"]],
    ["an address that is none", [...token, "--scope", "usage:read", "--allow-ip", "10.0.0.0/33"]],
    ["no token to revoke", ["token", "revoke", "--org", "acme"]],
    ["an unknown format", ["audit", "export", "--org", "acme", "--format", "xml"]],
    ["an unknown group of actions", ["audit", "export", "--org", "acme", "--action", "hats"]],
    ["nobody in particular", ["audit", "export", "--org", "acme", "--actor", "somebody"]],
    ["a head that is none", ["audit", "verify", "--org", "acme", "--head", "abc"]],
    ["an empty name", ["org", "create", "--name", " ", "--owner", "a@example.com"]],
    ["neither key nor sample", ["connection", "add", "--org", "acme"]],
    ["key and sample", ["connection", "add", "--org", "acme", "--sample", "--key-stdin"]],
    ["no key on standard input", ["connection", "add", "--org", "acme", "--key-stdin"]],
    ["too much history", ["connection", "add", "--org", "acme", "--sample", "--backfill-days", "9999"]],
    ["an unknown granularity", ["connection", "add", "--org", "acme", "--sample", "--granularity", "week"]],
  ])("%s", async (_what, args) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).not.toBe("");
    expect(err).not.toMatch(/\n\s+at /);
  });
});

it("says its version", async () => {
  expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

describe("with --json a refusal is a document too, beside the sentence", () => {
  it.each([
    ["by the command's own rules", ["costs", ...range, "--group-by", "hour"]],
    ["by the parser", ["costs", ...range, "--currency", "eur"]],
    ["for CSV, which no JSON document is", ["audit", "export", "--org", "acme", "--format", "csv"]],
    ["by a schema", ["org", "create", "--name", " ", "--owner", "a@example.com"]],
  ])("%s", async (_by, args) => {
    const { code, out, err } = await run([...args, "--json"]);
    const { error } = JSON.parse(out);
    expect({ code, error }).toEqual({ code: 2, error: { code: "usage", message: expect.any(String) } });
    expect(err).toContain(error.message);
  });
});

it("costs by user and project are refused with the reason", async () => {
  const { err } = await run(["costs", ...range, "--group-by", "user,project"]);
  expect(err).toContain("the provider does not tell which person spent what");
});

it("secrets are never asked for at a terminal, where they would be seen", async () => {
  const key = await run(["connection", "add", "--org", "acme", "--key-stdin"], { isTTY: true });
  expect(key).toMatchObject({ code: 2, err: expect.stringContaining("standard input") });
  const password = await run(["user", "create", "--email", "a@example.com", "--password-stdin"], { isTTY: true });
  expect(password.code).toBe(2);
});

it("what was wrong about a secret is said without repeating it", async () => {
  const { err } = await run(["user", "create", "--email", "a@example.com", "--password-stdin"], { input: "hunter2\n" });
  expect(err).toContain("password");
  expect(err).not.toContain("hunter2");
});
