import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

const modules = path.resolve("scripts/lib");

/** Runs a script's main function in a process of its own; `whenReady` acts on it once it has said "ready". */
async function run(main, { options = "{}", whenReady = () => {} } = {}) {
  const code = `import { runMain } from ${JSON.stringify(`${modules}/run-main.mjs`)};
    import { startNode } from ${JSON.stringify(`${modules}/processes.mjs`)};
    import { UserError } from ${JSON.stringify(`${modules}/errors.mjs`)};
    import { setTimeout as sleep } from "node:timers/promises";
    await runMain(${main}, ${options});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (data) => {
    if (!output.includes("ready") && String(data).includes("ready")) void whenReady(child);
    output += data;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exit = await new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  return { exit, lines: output.trim().split("\n") };
}

const waits = `async ({ defer }) => {
  defer(() => console.log("first"));
  defer(() => console.log("second"));
  console.log("ready");
  await sleep(60_000);
}`;

describe("runMain", () => {
  it("undoes in reverse order and passes on the result", async () => {
    const result = await run(
      `async ({ defer }) => { defer(() => console.log("a")); defer(async () => console.log("b")); return 3; }`,
    );
    expect(result).toEqual({ exit: 3, lines: ["b", "a"] });
  });

  it("undoes after an error, and shows a message for people without a stack", async () => {
    const result = await run(
      `async ({ defer }) => { defer(() => console.log("undone")); throw new UserError("No disk."); }`,
    );
    expect(result).toEqual({ exit: 1, lines: ["No disk.", "undone"] });
  });

  it("undoes the rest when undoing fails, and fails", async () => {
    const result = await run(`async ({ defer }) => {
      defer(() => console.log("undone")); defer(() => { throw new UserError("Stuck."); }); }`);
    expect(result).toEqual({ exit: 1, lines: ["Stuck.", "undone"] });
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("undoes on %s", async (signal, code) => {
    const result = await run(waits, { whenReady: (child) => child.kill(signal) });
    expect(result).toEqual({ exit: code, lines: ["ready", "second", "first"] });
  });

  it("ends with the code that is asked for when a signal is the normal way to end", async () => {
    const result = await run(waits, { options: "{ interruptedCode: 0 }", whenReady: (child) => child.kill("SIGTERM") });
    expect(result.exit).toBe(0);
  });

  it("takes the same Ctrl-C twice, from the terminal and from npm, as one", async () => {
    const slow = `async ({ defer }) => { defer(() => sleep(800).then(() => console.log("undone"))); console.log("ready"); await sleep(60_000); }`;
    const twice = async (child) => {
      child.kill("SIGINT");
      await sleep(50);
      child.kill("SIGINT");
    };
    expect(await run(slow, { whenReady: twice })).toEqual({ exit: 130, lines: ["ready", "undone"] });
  });

  it("ends at once at a later second signal", async () => {
    const stuck = `async ({ defer }) => { defer(() => sleep(60_000)); console.log("ready"); await sleep(60_000); }`;
    const later = async (child) => {
      child.kill("SIGINT");
      await sleep(1700);
      child.kill("SIGINT");
    };
    expect(await run(stuck, { whenReady: later })).toEqual({ exit: 130, lines: ["ready"] });
  });

  it("stops programs before it undoes what they rely on", async () => {
    const main = `async ({ defer }) => {
      defer(() => console.log("database stopped"));
      startNode(["-e", "process.on('SIGTERM', () => { console.log('worker stopped'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready')"],
        { env: process.env, onLine: console.log });
      await sleep(60_000);
    }`;
    const result = await run(main, { whenReady: (child) => child.kill("SIGTERM") });
    expect(result.lines).toEqual(["ready", "worker stopped", "database stopped"]);
  });
});
