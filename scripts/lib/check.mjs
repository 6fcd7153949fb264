import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fromRoot, packages } from "./paths.mjs";
import { generateClient } from "./prisma.mjs";
import { runNode } from "./processes.mjs";
import { runSteps } from "./steps.mjs";

const parts = ["app", "components", "server", "workers", "cli", "sandbox", "scripts", "i18n", "bench", "e2e"];

/**
 * `npm run check`: all that can be said about the code without a service.
 * @param {{ defer: (undo: () => unknown) => void }} context
 * @returns {Promise<number>} exit code
 */
export async function check({ defer }) {
  const startedAt = performance.now();
  const reports = makeReportsDir(defer);
  await prepareTypes();
  const results = await runSteps(checkSteps(reports), { env: process.env });
  const failed = results.filter(({ isOk }) => !isOk).map(({ name }) => name);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `\nEverything is in order (${seconds} s).`
      : `\nNot in order: ${failed.join(", ")} (${seconds} s).`,
  );
  return failed.length === 0 ? 0 : 1;
}

function makeReportsDir(defer) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-reports-"));
  defer(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The database client and the types of routes are generated: a fresh clone has neither. */
export async function prepareTypes() {
  await generateClient({ env: process.env, log: () => {} });
  await runNode([packages.next, "typegen"], {
    what: "next typegen",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
}

/**
 * The longest first, so that two at a time end together.
 * @param {string} reports directory for test reports
 * @returns {import("./steps.mjs").Step[]}
 */
export function checkSteps(reports) {
  return [
    vitestStep("unit tests", { projects: ["unit", "dom"], reports }),
    // A second checker would do much of the work of the first again, on a processor that the tests need.
    { name: "types (tsc)", args: [packages.tsc, "--noEmit", "--checkers", "1"] },
    { name: "lint (oxlint)", args: [packages.oxlint] },
    {
      name: "boundaries (depcruise)",
      args: [packages.depcruise, ...parts.filter((part) => fs.existsSync(fromRoot(part)))],
    },
    { name: "dead code (knip)", args: [packages.knip, "--no-progress"] },
    { name: "format (biome)", args: [packages.biome, "format", "."] },
  ];
}

/**
 * @param {string} name
 * @param {{ projects: string[], reports: string, env?: NodeJS.ProcessEnv }} options projects of vitest.config.ts
 * @returns {import("./steps.mjs").Step}
 */
export function vitestStep(name, { projects, reports, env }) {
  const report = path.join(reports, `${projects.join("-")}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const selected = projects.flatMap((project) => ["--project", project]);
  return { name, args: [packages.vitest, "run", ...selected, ...reporters, "--allowOnly=false"], report, env };
}
