import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const run = promisify(execFile);
const npm = `#!/bin/sh
echo begun >> calls
sleep 0.3
mkdir -p node_modules
echo done >> calls
`;

let checkout;

beforeEach(() => {
  checkout = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-install-"));
  fs.cpSync(import.meta.dirname, path.join(checkout, "scripts/lib"), { recursive: true });
  fs.writeFileSync(path.join(checkout, "package-lock.json"), "{}");
  fs.mkdirSync(path.join(checkout, "bin"));
  fs.writeFileSync(path.join(checkout, "bin/npm"), npm, { mode: 0o755 });
});

afterEach(() => fs.rmSync(checkout, { recursive: true, force: true }));

const install = () =>
  run(
    process.execPath,
    ["-e", `import("./scripts/lib/install.mjs").then(({ installDependencies }) => installDependencies())`],
    {
      cwd: checkout,
      env: { ...process.env, PATH: `${path.join(checkout, "bin")}${path.delimiter}${process.env.PATH}` },
    },
  );

const calls = () => fs.readFileSync(path.join(checkout, "calls"), "utf8").trim().split("\n");

test("of commands that start at the same time one installs, and the others wait for it", async () => {
  await Promise.all([install(), install(), install()]);
  expect(calls()).toEqual(["begun", "done"]);
  expect(fs.readdirSync(checkout)).not.toContain(".installing");
});

test("dependencies are installed again when what is asked for has changed", async () => {
  await install();
  await install();
  fs.writeFileSync(path.join(checkout, "package-lock.json"), '{ "lockfileVersion": 3 }');
  await install();
  expect(calls()).toHaveLength(4);
});
