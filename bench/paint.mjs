// How long a question of Explore takes until its chart is painted, in Chromium on a production build: of the sample organization, or
// (`dense`) of one with ten million facts in 90 days.
import path from "node:path";
import { root } from "../scripts/lib/paths.mjs";
import { runMain } from "../scripts/lib/run-main.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { makeVisitor, signedIn } from "./lib/visitor.mjs";
import { askAll, groups } from "./paint/ask.mjs";
import { startInstallation } from "./start/installation.mjs";

/** From the request of an answer until its chart is on the screen. */
const LIMIT_MS = 300;

/** Of 30, 90 and 168 bars; `asked` by what one after the other. Choosing "Model" takes it away as the second. */
const views = [
  { view: "30 days", search: "range=last-30-days", asked: groups },
  { view: "90 days", search: "range=last-90-days", asked: groups },
  {
    view: "90 days, by model as well",
    search: "range=last-90-days&group=project,model",
    asked: ["API key", "Person", "Line item", "Token type"],
  },
  { view: "a week by the hour", search: "range=last-7-days&by=hour", asked: groups },
];
/** The first loads code and warms plans up; it is not counted. */
const ROUNDS = 4;

const { atMost, printTable, report } = await import("./lib/report.ts");
const { percentile } = await import("./lib/statistics.ts");
const { temporaryDirectory } = await import("./lib/database.ts");

await runMain(async ({ defer }) => {
  const isDense = process.argv[3] === "dense";
  const browser = await openBrowser(defer);
  const { origin, org, state } = await (isDense ? startDense : startSample)(browser, defer);
  const rows = [];
  for (const { view, search, asked } of views) {
    const answers = [];
    for (let round = 0; round < ROUNDS; round++) {
      const found = await askAll(browser, { url: `${origin}/${org}/explore?${search}`, state, asked });
      if (round > 0) answers.push(...found);
    }
    const figure = (name, part) =>
      Math.round(
        percentile(
          answers.map((answer) => answer[name]),
          part,
        ),
      );
    rows.push({
      view,
      questions: answers.length,
      "answered p50": figure("answeredMs", 0.5),
      "painted p50": figure("paintedMs", 0.5),
      "painted p95": figure("paintedMs", 0.95),
      "since chosen p95": figure("sinceChosenMs", 0.95),
    });
  }
  printTable(`Explore, ${isDense ? "ten million facts in 90 days" : "sample organization"}: ms from the request`, rows);
  return report(
    isDense ? "paint-dense" : "paint",
    rows.map((row) => atMost(`${row.view}: ms to the painted chart, p95`, row["painted p95"], LIMIT_MS)),
    { rows },
  );
});

async function startSample(browser, defer) {
  const home = path.join(temporaryDirectory(defer), "home");
  const { origin } = await startInstallation({ checkout: root, home, defer });
  const { org, state } = await makeVisitor(browser, origin);
  return { origin, org, state };
}

async function startDense(browser, defer) {
  const { fillDense } = await import("./paint/dense.ts");
  const { org, person, settings } = await fillDense(defer);
  const home = path.join(temporaryDirectory(defer), "home");
  const { origin } = await startInstallation({ checkout: root, home, settings, defer });
  return { origin, org, state: await signedIn(browser, origin, person) };
}
