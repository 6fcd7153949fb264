import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { processIdentity } from "./process-identity.mjs";
import { runNode, startNode } from "./processes.mjs";

const env = process.env;
const script = (code) => ["--input-type=module", "-e", code];

/** Waits for a line that says "ready" or names process ids. */
function lineFrom(args) {
  return new Promise((resolve) => {
    const program = startNode(args, { env, onLine: (line) => resolve({ program, line }) });
  });
}

async function untilGone(pid) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!processIdentity(pid)) return true;
    await sleep(50);
  }
  return false;
}

describe("runNode", () => {
  it("gives what the program printed", async () => {
    expect(await runNode(script("console.log('a'); console.error('b')"), { env, what: "It" })).toMatch(/a\nb|b\na/);
  });

  it("fails with the step's name, its exit code and its output", async () => {
    const run = runNode(script("console.log('what went wrong'); process.exit(3)"), { env, what: "The build" });
    await expect(run).rejects.toThrow(/^The build failed \(exit code 3\)\.\nwhat went wrong$/);
  });

  it("says so when the disk was full", async () => {
    const run = runNode(script("console.error('ENOSPC: no space left'); process.exit(1)"), { env, what: "The build" });
    await expect(run).rejects.toThrow(/The disk is full/);
  });
});

describe("stop", () => {
  it("lets a program end by itself", async () => {
    const { program } = await lineFrom(
      script(
        "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready')",
      ),
    );
    await program.stop();
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.tail()).toContain("bye");
  });

  it("insists when the grace is over", async () => {
    const { program } = await lineFrom(
      script("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')"),
    );
    await program.stop(200);
    expect(await program.ended).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("takes along what the program started, and what it left behind when it crashed", async () => {
    const leaves = `import { spawn } from "node:child_process";
      const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: "inherit" });
      console.log(child.pid);`;
    const stopped = await lineFrom(script(`${leaves} setInterval(() => {}, 1000);`));
    await stopped.program.stop(300);
    expect(await untilGone(Number(stopped.line))).toBe(true);

    const crashed = await lineFrom(script(`${leaves} process.exit(1);`));
    expect(await crashed.program.ended).toMatchObject({ code: 1 });
    expect(await untilGone(Number(crashed.line))).toBe(true);
  });
});

describe("the tether", () => {
  it("ends a program when its starter is killed without warning", async () => {
    const starter = `
      import { startNode } from ${JSON.stringify(path.resolve("scripts/lib/processes.mjs"))};
      const program = startNode(["-e", "setInterval(() => {}, 1000); console.log('ready')"], {
        env: process.env, onLine: () => console.log(program.pid) });`;
    const parent = spawn(process.execPath, script(starter), { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
    expect(processIdentity(pid)).toBeDefined();
    parent.kill("SIGKILL");
    expect(await untilGone(pid)).toBe(true);
  });

  it("does not bind what the program starts itself", async () => {
    const code = `import { fork } from "node:child_process"; import { Worker } from "node:worker_threads";
      fork("-e", ["setTimeout(() => {}, 0)"], { execArgv: process.execArgv.slice(0, 2) }).once("exit", (code) => {
        new Worker("setTimeout(() => {}, 100)", { eval: true }).once("exit", (threadCode) => {
          console.log(code, threadCode);
        });
      });`;
    expect(await runNode(script(code), { env, what: "It" })).toContain("0 0");
  });
});
