// JavaScript that a browser is sent for a page: loaded in Chromium from a production build, with nothing in its cache.
import path from "node:path";
import { root } from "../scripts/lib/paths.mjs";
import { runMain } from "../scripts/lib/run-main.mjs";
import { loadPage } from "./bundle/load-page.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { makeVisitor } from "./lib/visitor.mjs";
import { startInstallation } from "./start/installation.mjs";

/** Of what the HTML names. Pages of figures bring a table and the frame of a chart; the library that draws it follows. */
const LIMIT_KB = 320;
const LIMIT_OF_FIGURES_KB = 360;

const { atMost, printTable, report } = await import("./lib/report.ts");
const { temporaryDirectory } = await import("./lib/database.ts");

await runMain(async ({ defer }) => {
  const dir = temporaryDirectory(defer);
  const { origin } = await startInstallation({ checkout: root, home: path.join(dir, "home"), defer });
  const browser = await openBrowser(defer);
  const visitor = await makeVisitor(browser, origin);

  const pages = {
    landing: { path: "/" },
    "sign-in": { path: "/sign-in" },
    overview: { path: `/${visitor.org}/overview`, state: visitor.state, limit: LIMIT_OF_FIGURES_KB },
    projects: { path: `/${visitor.org}/projects`, state: visitor.state, limit: LIMIT_OF_FIGURES_KB },
    "a project": {
      path: `/${visitor.org}/projects/${visitor.projectId}`,
      state: visitor.state,
      limit: LIMIT_OF_FIGURES_KB,
    },
    connections: { path: `/${visitor.org}/connections`, state: visitor.state },
    "a connection": { path: `/${visitor.org}/connections/${visitor.connectionId}`, state: visitor.state },
  };
  const rows = [];
  for (const [page, { path: address, state }] of Object.entries(pages)) {
    rows.push({ page, ...(await loadPage(browser, { url: origin + address, state })) });
  }
  printTable("JavaScript per page, first load, kB", rows);
  return report(
    "bundle",
    [
      ...rows.map((row) => atMost(`${row.page}: kB gzip`, row["kB gzip"], pages[row.page].limit ?? LIMIT_KB)),
      ...rows.map((row) => atMost(`${row.page}: copies of recharts`, row["copies of recharts"], 1)),
    ],
    { rows },
  );
});
