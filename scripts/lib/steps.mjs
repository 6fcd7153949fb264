import { knownCause, UserError } from "./errors.mjs";
import { parkIfStopping, startNode } from "./processes.mjs";
import { readVitestReport } from "./test/reports.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} args for node
 * @property {NodeJS.ProcessEnv} [env] added to that of the run
 * @property {string} [report] file with the result of each test, where the step runs tests
 * @property {(file: string) => TestCounts} [readReport] how to read it, Vitest's by default
 *
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped titles
 * @property {string[]} failures title and reason of each
 * @property {string[]} repeated title and first reason of those that passed at the second try
 *
 * @typedef {object} StepResult
 * @property {string} name
 * @property {boolean} isOk
 * @property {number} seconds
 * @property {string} output
 * @property {TestCounts} counts a step without tests counts as one
 */

/**
 * Runs steps that do not need each other, several at a time, and shows each as it ends; output only of those that fail.
 * @param {Step[]} steps the longest first
 * @param {{ env: NodeJS.ProcessEnv, atOnce?: number }} options
 * @returns {Promise<StepResult[]>}
 */
export async function runSteps(steps, { env, atOnce = 2 }) {
  const waiting = [...steps];
  const results = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step, env);
      showResult(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

/**
 * Does something that is not a program of its own as a step.
 * @param {string} name
 * @param {() => Promise<unknown>} work
 * @returns {Promise<StepResult>}
 */
export async function runTask(name, work) {
  const startedAt = performance.now();
  let output = "";
  try {
    await work();
  } catch (error) {
    output = error instanceof UserError ? error.message : (error.stack ?? String(error));
    output = [knownCause(error), output].filter(Boolean).join("\n");
  }
  const result = {
    name,
    isOk: output === "",
    seconds: secondsSince(startedAt),
    output,
    counts: countOne(output === ""),
  };
  showResult(result);
  return result;
}

/** A step that cannot run because of another one counts as failed, and says so. @returns {StepResult} */
export function notRun(name, because) {
  const result = {
    name,
    isOk: false,
    seconds: 0,
    output: `Not run, because "${because}" failed.`,
    counts: countOne(false),
  };
  showResult(result);
  return result;
}

async function runStep({ name, args, env: added, report, readReport = readVitestReport }, env) {
  const startedAt = performance.now();
  const lines = [];
  const { FORCE_COLOR, ...plain } = { ...env, ...added, NO_COLOR: "1" };
  const program = startNode(args, { env: plain, onLine: (line) => lines.push(line) });
  const { code, signal } = await program.ended;
  await parkIfStopping();
  const isOk = code === 0;
  if (signal) lines.push(`Ended by ${signal}.`);
  const counts = report ? countTests(readReport(report), isOk) : countOne(isOk);
  return {
    name,
    isOk: isOk && counts.failed === 0,
    seconds: secondsSince(startedAt),
    output: lines.join("\n"),
    counts,
  };
}

/** A run can fail without a failing test: an error outside of all tests, or no test at all. */
function countTests(counts, isOk) {
  return !isOk && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const countOne = (isOk) => ({ passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: [], failures: [], repeated: [] });

const secondsSince = (startedAt) => (performance.now() - startedAt) / 1000;

function showResult({ name, isOk, seconds, output, counts }) {
  const tests =
    counts.passed + counts.failed > 1 ? `  ${counts.passed} of ${counts.passed + counts.failed} tests passed` : "";
  console.log(`${isOk ? "ok    " : "FAILED"}  ${name.padEnd(28)}${seconds.toFixed(1).padStart(6)} s${tests}`);
  // The names first: logs that are kept in part are kept from the top.
  for (const failure of counts.failures) console.log(`\n${indented(`failed: ${failure}`)}`);
  for (const repeat of counts.repeated) console.log(`\n${indented(`passed only at the second try: ${repeat}`)}`);
  if (!isOk) console.log(`\n${indented(output)}\n`);
  for (const title of counts.skipped) console.log(`    skipped: ${title}`);
}

function indented(text) {
  return text.replaceAll(/^/gm, "    ");
}
