import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readPlaywrightReport, readVitestReport } from "./reports.mjs";

let dir;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-reports-"));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function written(report) {
  const file = path.join(dir, "report.json");
  fs.writeFileSync(file, JSON.stringify(report));
  return file;
}

it("counts Vitest's tests, and files that could not be loaded", () => {
  const test = (status, fullName = status) => ({ status, fullName });
  const report = {
    testResults: [
      { status: "passed", assertionResults: [test("passed"), test("passed"), test("skipped", "not today")] },
      { status: "failed", assertionResults: [test("failed"), test("passed"), test("todo", "later")] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(readVitestReport(written(report))).toEqual({ passed: 3, failed: 2, skipped: ["not today", "later"] });
});

it("counts Playwright's tests in nested suites; one that needed a second try has failed", () => {
  const spec = (title, ...statuses) => ({ title, tests: statuses.map((status) => ({ status })) });
  const report = {
    suites: [
      {
        title: "sign-in.spec.ts",
        specs: [spec("shows the form", "expected")],
        suites: [{ title: "with a wrong password", specs: [spec("says so", "flaky"), spec("locks", "skipped")] }],
      },
      { title: "sync.spec.ts", specs: [spec("connects", "unexpected", "expected")] },
    ],
  };
  expect(readPlaywrightReport(written(report))).toEqual({
    passed: 2,
    failed: 2,
    skipped: ["sign-in.spec.ts › with a wrong password › locks"],
  });
});

it("a report that was never written counts nothing", () => {
  expect(readVitestReport(path.join(dir, "none.json"))).toEqual({ passed: 0, failed: 0, skipped: [] });
  expect(readPlaywrightReport(path.join(dir, "none.json"))).toEqual({ passed: 0, failed: 0, skipped: [] });
});
