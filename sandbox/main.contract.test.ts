import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { startSandbox } from "./server";

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

interface Run {
  code: number | null;
  output: string;
}

/** Runs the program; `stopWhen` ends it politely once its output contains the text. */
function run(env: Record<string, string>, stopWhen?: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, ["--import", "tsx", fromRoot("sandbox/main.ts")], {
      cwd: fromRoot("."),
      env: { ...process.env, ...env },
    });
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (stopWhen !== undefined && output.includes(stopWhen)) program.kill("SIGTERM");
    };
    program.stdout.on("data", read);
    program.stderr.on("data", read);
    program.once("error", reject);
    program.once("close", (code) => resolve({ code, output }));
  });
}

describe("the program", () => {
  it("says where it listens and ends with 0 on SIGTERM", async () => {
    const { code, output } = await run({ SANDBOX_PORT: "0" }, "admin API at");
    expect(output).toMatch(/admin API at http:\/\/127\.0\.0\.1:\d+\/v1/);
    expect(code).toBe(0);
  });

  it("ends with a clear line when the port is taken", async () => {
    const other = await startSandbox();
    try {
      const { code, output } = await run({ SANDBOX_PORT: String(other.port) });
      expect(output.trim()).toBe(`sandbox: cannot start: port ${other.port} is already in use`);
      expect(code).toBe(1);
    } finally {
      await other.close();
    }
  });

  it.each([
    ["SANDBOX_SCALE", "huge"],
    ["SANDBOX_NOW", "soon"],
    ["SANDBOX_PORT", "-1"],
  ])("refuses %s=%s", async (name, value) => {
    const { code, output } = await run({ SANDBOX_PORT: "0", [name]: value });
    expect(output).toContain(value);
    expect(code).toBe(1);
  });
});
