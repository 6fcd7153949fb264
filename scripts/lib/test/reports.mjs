import fs from "node:fs";

/** @typedef {import("../steps.mjs").TestCounts} TestCounts */

const nothing = { passed: 0, failed: 0, skipped: [] };

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
  };
}

/**
 * @param {string} file written by Playwright's JSON reporter
 * @returns {TestCounts} a test that passed only when it was repeated counts as failed
 */
export function readPlaywrightReport(file) {
  const report = readJson(file);
  if (!report) return nothing;
  const tests = report.suites
    .flatMap(specsOf)
    .flatMap(({ title, tests }) => tests.map(({ status }) => ({ title, status })));
  const count = (statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  return {
    passed: count(["expected"]),
    failed: count(["unexpected", "flaky"]),
    skipped: tests.filter(({ status }) => status === "skipped").map(({ title }) => title),
  };
}

function specsOf(suite) {
  const inner = (suite.suites ?? []).flatMap(specsOf);
  const own = (suite.specs ?? []).map(({ title, tests }) => ({ title, tests }));
  return [...own, ...inner].map(({ title, tests }) => ({ title: `${suite.title} › ${title}`, tests }));
}

const isFailed = ({ status }) => status === "failed";

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
