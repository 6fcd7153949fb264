import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { home, sandboxPort } from "./installation";

const program = fileURLToPath(new URL("../../cli/bin.mjs", import.meta.url));

/** The command line on the installation under test. @returns what `--json` prints */
export async function tollkeeper<T>(...args: string[]): Promise<T> {
  const env = { ...process.env, TOLLKEEPER_HOME: home, SANDBOX_PORT: sandboxPort };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args, "--json"], { env });
  return JSON.parse(stdout) as T;
}
