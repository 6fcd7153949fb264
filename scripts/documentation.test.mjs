import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fromRoot, root } from "./lib/paths.mjs";

const read = (file) => fs.readFileSync(fromRoot(file), "utf8");
const documents = fs
  .globSync("**/*.md", {
    cwd: root,
    exclude: (name) => name === "node_modules" || name.startsWith(".") || name === "test-results",
  })
  .sort();
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

it.each(documents)("%s links to files that exist", (document) => {
  const links = matches(read(document), /\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
  const broken = links.filter((link) => !fs.existsSync(fromRoot(path.dirname(document), decodeURIComponent(link))));
  expect(broken).toEqual([]);
});

it.each(documents)("%s names npm scripts that exist", (document) => {
  const { scripts } = JSON.parse(read("package.json"));
  const named = matches(read(document), /npm run ([a-z][a-z:-]*)/g);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it(".env.example names every variable that is read, and no other", () => {
  const documented = matches(read(".env.example"), /^([A-Z_]+)=/gm);
  const readByProduct = matches(read("server/env.ts"), /^ {4}([A-Z_]+):/gm).filter((name) => name !== "NODE_ENV");
  const readByScripts = ["APP_DATABASE_PASSWORD", "DATABASE_URL", "NEXT_DIST_DIR", "TRUSTED_PROXIES"];
  const readBySandbox = new Set(matches(read("sandbox/main.ts"), /\b(SANDBOX_[A-Z_]+)/g));
  expect(documented.toSorted()).toEqual([...readByProduct, ...readByScripts, ...readBySandbox].toSorted());
});

it("SECURITY.md names for every threat a test that exists", () => {
  const [, table = ""] = read("SECURITY.md").split("## Threats, and the test behind each line");
  const lines = matches(table, /^\| (?!threat|---)(.+) \|$/gm).map((line) => line.split(" | "));
  expect(lines.length).toBeGreaterThan(20);
  for (const [threat, , tests] of lines) {
    const named = matches(tests, /`([^`]+)`/g);
    expect(named, threat).not.toEqual([]);
    expect(
      named.every((file) => /\.(test|spec)\./.test(file) && fs.existsSync(fromRoot(file))),
      threat,
    ).toBe(true);
  }
});
