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
  const test = (status, fullName = status) => ({ status, fullName, failureMessages: [] });
  const red = { ...test("failed"), failureMessages: ["\u001b[31mexpected 1\u001b[39m\nreceived 2"] };
  const report = {
    testResults: [
      { status: "passed", assertionResults: [test("passed"), test("passed"), test("skipped", "not today")] },
      { status: "failed", assertionResults: [red, test("passed"), test("todo", "later")] },
      { status: "failed", assertionResults: [], name: "broken.test.ts", message: "cannot be read" },
    ],
  };
  expect(readVitestReport(written(report))).toEqual({
    passed: 3,
    failed: 2,
    skipped: ["not today", "later"],
    failures: ["failed\n    expected 1\n    received 2", "broken.test.ts\n    cannot be read"],
    repeated: [],
  });
});

it("counts Playwright's tests in nested suites, and names those that needed a second try", () => {
  const error = { message: "the form is hidden" };
  const spec = (title, ...statuses) => ({
    title,
    tests: statuses.map((status) => ({ status, results: status === "flaky" ? [{ error }, {}] : [{}] })),
  });
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
    passed: 3,
    failed: 1,
    skipped: ["sign-in.spec.ts › with a wrong password › locks"],
    failures: ["sync.spec.ts › connects"],
    repeated: ["sign-in.spec.ts › with a wrong password › says so\n    the form is hidden"],
  });
});

const nothing = { passed: 0, failed: 0, skipped: [], failures: [], repeated: [] };

it("a report that was never written counts nothing", () => {
  expect(readVitestReport(path.join(dir, "none.json"))).toEqual(nothing);
  expect(readPlaywrightReport(path.join(dir, "none.json"))).toEqual(nothing);
});
