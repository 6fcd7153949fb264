// How long a question of Explore takes until its chart is painted, in Chromium on a production build.
import path from "node:path";
import { root } from "../scripts/lib/paths.mjs";
import { runMain } from "../scripts/lib/run-main.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { makeVisitor } from "./lib/visitor.mjs";
import { askAll } from "./paint/ask.mjs";
import { startInstallation } from "./start/installation.mjs";

/** From the request of an answer until its chart is on the screen. */
const LIMIT_MS = 300;

/** Of 30, 90 and 168 bars. */
const ranges = {
  "30 days": "range=last-30-days",
  "90 days": "range=last-90-days",
  "a week by the hour": "range=last-7-days&by=hour",
};
/** The first loads code and warms plans up; it is not counted. */
const ROUNDS = 3;

const { atMost, printTable, report } = await import("./lib/report.ts");
const { median, percentile } = await import("./lib/statistics.ts");
const { temporaryDirectory } = await import("./lib/database.ts");

await runMain(async ({ defer }) => {
  const dir = temporaryDirectory(defer);
  const { origin } = await startInstallation({ checkout: root, home: path.join(dir, "home"), defer });
  const browser = await openBrowser(defer);
  const { org, state } = await makeVisitor(browser, origin);
  const rows = [];
  for (const [range, search] of Object.entries(ranges)) {
    const answers = [];
    for (let round = 0; round < ROUNDS; round++) {
      const asked = await askAll(browser, { url: `${origin}/${org}/explore?${search}`, state });
      if (round > 0) answers.push(...asked);
    }
    const painted = answers.map(({ paintedMs }) => paintedMs);
    rows.push({
      range,
      questions: answers.length,
      "answered p50": Math.round(median(answers.map(({ answeredMs }) => answeredMs))),
      "painted p50": Math.round(median(painted)),
      "painted p95": Math.round(percentile(painted, 0.95)),
      "since chosen p95": Math.round(
        percentile(
          answers.map(({ sinceChosenMs }) => sinceChosenMs),
          0.95,
        ),
      ),
    });
  }
  printTable("Explore, sample organization: ms from the request", rows);
  return report(
    "paint",
    rows.map((row) => atMost(`${row.range}: ms to the painted chart, p95`, row["painted p95"], LIMIT_MS)),
    { rows },
  );
});
