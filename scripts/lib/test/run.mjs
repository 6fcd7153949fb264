import path from "node:path";
import { buildIfNeeded } from "../build.mjs";
import { checkSteps, prepareTypes, vitestStep } from "../check.mjs";
import { UserError } from "../errors.mjs";
import { packages } from "../paths.mjs";
import { freePort } from "../ports.mjs";
import { notRun, runSteps, runTask } from "../steps.mjs";
import { checkNoDrift, checkOrdinaryOwner } from "./database-checks.mjs";
import { readPlaywrightReport } from "./reports.mjs";
import { makeWorkDir, startTestDatabase, startTestRedis } from "./services.mjs";
import { ensureSystemPackages, findBrowser } from "./system-packages.mjs";

/** @typedef {import("../steps.mjs").StepResult} StepResult */
/** @typedef {{ defer: (undo: () => unknown) => void, reports: string, workDir: string }} Run */

const parts = { unit: [unitPart], db: [databasePart], e2e: [browserPart] };
const everything = [checkPart, contractPart, databasePart, browserPart];

/**
 * `npm test`. The last line is always "N passed, N failed", counting each test, and each other step as one.
 * @param {{ only?: string, defer: (undo: () => unknown) => void }} options `only`: unit, db or e2e
 * @returns {Promise<number>} exit code
 */
export async function runTests({ only, defer }) {
  if (only !== undefined && !(only in parts))
    throw new UserError(`There is no part "${only}": choose unit, db or e2e.`);
  const workDir = await makeWorkDir(defer);
  const run = { defer, workDir, reports: path.join(workDir, "reports") };
  const results = [await runTask("generated code", prepareTypes)];
  for (const part of only ? parts[only] : everything) results.push(...(await part(run)));
  return conclude(results);
}

/** @param {StepResult[]} results */
function conclude(results) {
  const sum = (key) => results.reduce((total, { counts }) => total + counts[key], 0);
  const skipped = results.flatMap(({ counts }) => counts.skipped);
  const repeated = results.flatMap(({ counts }) => counts.repeated);
  const failedSteps = results.filter(({ isOk }) => !isOk).map(({ name }) => name);
  if (skipped.length > 0) console.log(`\n${skipped.length} tests were skipped; their names are above.`);
  if (repeated.length > 0) console.log(`\n${repeated.length} tests passed only at the second try; they are above.`);
  if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(", ")}`);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  return failedSteps.length === 0 ? 0 : 1;
}

function checkPart({ reports }) {
  return runSteps(checkSteps(reports), { env: process.env });
}

function unitPart({ reports }) {
  return runSteps([vitestStep("unit tests", { projects: ["unit", "dom", "contract"], reports })], { env: process.env });
}

function contractPart({ reports }) {
  return runSteps([vitestStep("contract tests (sandbox)", { projects: ["contract"], reports })], { env: process.env });
}

/** @param {Run} run */
async function databasePart({ defer, reports, workDir }) {
  const env = {};
  const started = await runTask("database and Redis", async () => {
    await ensureSystemPackages(["redis"], console.log);
    env.TEST_DATABASE_URL = await startTestDatabase(workDir, defer);
    env.TEST_REDIS_URL = await startTestRedis(workDir);
  });
  const names = { tests: "database and queue tests", drift: "schema drift", owner: "migrations without superuser" };
  if (!started.isOk) return [started, ...Object.values(names).map((name) => notRun(name, started.name))];
  const tests = await runSteps([vitestStep(names.tests, { projects: ["db"], reports, env })], { env: process.env });
  const drift = await runTask(names.drift, () => checkNoDrift(env.TEST_DATABASE_URL));
  const owner = await runTask(names.owner, () => checkOrdinaryOwner(env.TEST_DATABASE_URL));
  return [started, ...tests, drift, owner];
}

/** @param {Run} run */
async function browserPart({ reports, workDir }) {
  const name = "browser tests";
  const browser = await runTask("browser", () => ensureSystemPackages(["browser"], console.log));
  const build = await runTask("build (next)", () => buildIfNeeded({ env: process.env, log: () => {} }));
  const missing = [browser, build].find(({ isOk }) => !isOk);
  if (missing) return [browser, build, notRun(name, missing.name)];
  const report = path.join(reports, "browser.json");
  const env = {
    CI: "1",
    CHROMIUM_PATH: findBrowser(),
    E2E_HOME: path.join(workDir, "e2e"),
    E2E_PORT: String(await freePort()),
    E2E_SANDBOX_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const args = [packages.playwright, "test", "--reporter=list,json"];
  return [
    browser,
    build,
    ...(await runSteps([{ name, args, env, report, readReport: readPlaywrightReport }], { env: process.env })),
  ];
}
