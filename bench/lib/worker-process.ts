import { fromRoot } from "../../scripts/lib/paths.mjs";
import { startNode } from "../../scripts/lib/processes.mjs";
import { workerHeap, workerMalloc } from "../../scripts/lib/services.mjs";
import { typescript } from "../../scripts/lib/typescript.mjs";

/**
 * Runs a script in a process of its own with the worker's memory, whose peak is the script's alone.
 * @returns the last line that it printed, which is JSON
 */
export async function runAsWorker<T>(script: string, args: readonly string[]): Promise<T> {
  const child = startNode([...workerHeap, ...typescript(fromRoot(script)), ...args], {
    env: { ...process.env, ...workerMalloc },
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`${script} failed:\n${child.tail()}`);
  return JSON.parse(child.tail().split("\n").at(-1) ?? "") as T;
}
