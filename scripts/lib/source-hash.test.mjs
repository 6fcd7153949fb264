import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceFiles, sourceHash } from "./source-hash.mjs";

let root;
const write = (file, content) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), content);
};
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-sources-"));
  write("app/page.tsx", "page");
  write("package-lock.json", "{}");
});
afterEach(() => fs.rmSync(root, { recursive: true }));

describe("sourceHash", () => {
  it.each([
    ["an edit", "app/page.tsx"],
    ["a new file", "app/other.tsx"],
    ["a new folder at the top", "i18n/request.ts"],
    ["the database schema", "prisma/schema.prisma"],
    ["another dependency", "package-lock.json"],
  ])("changes with %s", (_, file) => {
    const before = sourceHash(root);
    write(file, "changed");
    expect(sourceHash(root)).not.toBe(before);
  });

  it.each(["app/page.test.tsx", "workers/main.ts", "README.md", ".next/BUILD_ID", "server/db/generated/client.ts"])(
    "does not change with %s",
    (file) => {
      const before = sourceHash(root);
      write(file, "changed");
      expect(sourceHash(root)).toBe(before);
    },
  );

  it("does not depend on when the files were written", () => {
    const before = sourceHash(root);
    fs.utimesSync(path.join(root, "app/page.tsx"), 0, 0);
    expect(sourceHash(root)).toBe(before);
  });
});

it("this checkout's sources include the pages and not the tools", () => {
  const files = sourceFiles(path.resolve("."));
  expect(files).toContain("package.json");
  expect(files.some((file) => file.startsWith("scripts/"))).toBe(false);
});
