import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, lockHolder } from "./lock.mjs";
import { processIdentity } from "./process-identity.mjs";

let dir;
let file;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-lock-"));
  file = path.join(dir, "start.lock");
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

describe("acquireLock", () => {
  it("is refused while its holder lives, and free after the release", () => {
    const first = acquireLock(file);
    expect(acquireLock(file)).toEqual({ heldBy: { pid: process.pid, identity: processIdentity(process.pid) } });
    first.release();
    expect(lockHolder(file)).toBeUndefined();
    expect(acquireLock(file)).toMatchObject({ wasAbandoned: false });
  });

  it("is taken over from a process that died", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    fs.writeFileSync(file, JSON.stringify({ pid, identity: "long gone" }));
    expect(acquireLock(file)).toMatchObject({ wasAbandoned: true });
    expect(lockHolder(file)?.pid).toBe(process.pid);
  });

  it("is taken over when the id belongs to another process by now", () => {
    fs.writeFileSync(file, JSON.stringify({ pid: process.pid, identity: "an earlier process" }));
    expect(acquireLock(file)).toMatchObject({ wasAbandoned: true });
  });

  it("is taken over when its file was only half written", () => {
    fs.writeFileSync(file, '{"pid": 1');
    expect(acquireLock(file)).toMatchObject({ wasAbandoned: true });
  });

  it("goes to exactly one of several processes that find it abandoned at once", async () => {
    fs.writeFileSync(file, JSON.stringify({ pid: 999_999_999, identity: "gone" }));
    const script = `
      import { acquireLock } from ${JSON.stringify(path.resolve("scripts/lib/lock.mjs"))};
      console.log("release" in acquireLock(${JSON.stringify(file)}) ? "mine" : "held");
      setTimeout(() => {}, 1500);`;
    const outputs = await Promise.all(Array.from({ length: 6 }, () => outputOf(["--input-type=module", "-e", script])));
    expect(outputs.filter((output) => output === "mine")).toHaveLength(1);
  });

  it("leaves no other file behind", () => {
    acquireLock(file);
    acquireLock(file);
    expect(fs.readdirSync(dir)).toEqual(["start.lock"]);
  });
});

function outputOf(args) {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.on("data", (data) => (output += data));
    child.once("error", reject);
    child.once("close", () => resolve(output.trim()));
  });
}
