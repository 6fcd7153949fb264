import fs from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** @typedef {import("../steps.mjs").TestCounts} TestCounts */

const nothing = { passed: 0, failed: 0, skipped: [], failures: [], repeated: [] };

/**
 * @param {string} file written by Vitest's JSON reporter; missing when it did not get that far
 * @returns {TestCounts}
 */
export function readVitestReport(file) {
  const report = readJson(file);
  if (!report) return nothing;
  const files = report.testResults;
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const named = (status) => tests.filter((test) => status.includes(test.status));
  // A file that could not be loaded has no tests, but is a failure.
  const brokenFiles = files.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some(isFailed),
  );
  return {
    passed: named(["passed"]).length,
    failed: named(["failed"]).length + brokenFiles.length,
    skipped: named(["skipped", "pending", "todo", "disabled"]).map(({ fullName }) => fullName),
    failures: [
      ...named(["failed"]).map(({ fullName, failureMessages }) => withReason(fullName, failureMessages?.[0])),
      ...brokenFiles.map(({ name, message }) => withReason(name, message)),
    ],
    repeated: [],
  };
}

/**
 * @param {string} file written by Playwright's JSON reporter
 * @returns {TestCounts} a test that passed only when it was repeated counts as passed, and is named
 */
export function readPlaywrightReport(file) {
  const report = readJson(file);
  if (!report) return nothing;
  const tests = report.suites.flatMap(testsOf);
  const named = (...statuses) => tests.filter(({ status }) => statuses.includes(status));
  const firstError = ({ results }) => results?.find(({ error }) => error)?.error.message;
  const described = (test) => withReason(test.title, firstError(test));
  return {
    passed: named("expected", "flaky").length,
    failed: named("unexpected").length,
    skipped: named("skipped").map(({ title }) => title),
    failures: named("unexpected").map(described),
    repeated: named("flaky").map(described),
  };
}

function testsOf(suite) {
  const inner = (suite.suites ?? []).flatMap(testsOf);
  const own = (suite.specs ?? []).flatMap(({ title, tests }) => tests.map((test) => ({ ...test, title })));
  return [...own, ...inner].map((test) => ({ ...test, title: `${suite.title} › ${test.title}` }));
}

/** Long enough to tell what was expected and what came. */
const REASON_LINES = 14;

/** @param {string} title @param {string | undefined} reason may hold colours and a stack */
function withReason(title, reason = "") {
  const lines = stripVTControlCharacters(reason).split("\n");
  const shown = lines.slice(0, REASON_LINES).map((line) => `    ${line}`.trimEnd());
  return [title, ...shown].join("\n").trimEnd();
}

const isFailed = ({ status }) => status === "failed";

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
