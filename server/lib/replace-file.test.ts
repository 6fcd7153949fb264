import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { replaceFile } from "@/server/lib/replace-file";

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "tollkeeper-replace-"));
  file = path.join(dir, "secret");
  writeFileSync(file, "old");
});
afterEach(() => rmSync(dir, { recursive: true }));

it.each([0o600, 0o640, 0o444])("keeps the mode %o, leaves nothing beside it", (mode) => {
  chmodSync(file, mode);
  replaceFile(file, "new");
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["new", mode]);
  expect(readdirSync(dir)).toEqual(["secret"]);
});

it("follows a link, which stays one", () => {
  const link = path.join(dir, "link");
  symlinkSync("secret", link);
  replaceFile(link, "new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("new");
});

it("makes no file where there was none", () => {
  expect(() => replaceFile(path.join(dir, "other"), "new")).toThrow("ENOENT");
  expect(readdirSync(dir)).toEqual(["secret"]);
});

it("leaves everything as it was when it fails", () => {
  const taken = path.join(dir, "directory");
  mkdirSync(path.join(taken, "inside"), { recursive: true });
  expect(() => replaceFile(taken, "new")).toThrow();
  expect(readdirSync(dir).sort()).toEqual(["directory", "secret"]);
});

it("keeps the owner, also when root replaces somebody's file", () => {
  // Only root can give a file away; everybody else has files of their own.
  const [uid, gid] = process.getuid?.() === 0 ? [12_345, 12_346] : [statSync(file).uid, statSync(file).gid];
  chownSync(file, uid, gid);
  replaceFile(file, "new");
  expect([statSync(file).uid, statSync(file).gid]).toEqual([uid, gid]);
});
