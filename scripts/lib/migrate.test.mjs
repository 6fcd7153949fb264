import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { pendingMigrations, readMigrations } from "./migrate.mjs";

const migration = (name, checksum = "sum") => ({ name, sql: "select 1", checksum });
const applied = (name, { checksum = "sum", isFinished = true } = {}) => ({ name, checksum, isFinished });

describe("pendingMigrations", () => {
  it("is what the ledger does not have, in order", () => {
    const all = [migration("1_a"), migration("2_b"), migration("3_c")];
    expect(pendingMigrations(all, [applied("1_a")]).map(({ name }) => name)).toEqual(["2_b", "3_c"]);
    expect(
      pendingMigrations(
        all,
        all.map(({ name }) => applied(name)),
      ),
    ).toEqual([]);
  });

  it.each([
    ["a migration that was left unfinished", [applied("1_a", { isFinished: false })], /1_a was begun/],
    ["a database of a newer version", [applied("9_z")], /newer than this version.*9_z/],
    ["a migration that was edited afterwards", [applied("1_a", { checksum: "other" })], /1_a was changed/],
  ])("refuses %s", (_, ledger, sentence) => {
    expect(() => pendingMigrations([migration("1_a")], ledger)).toThrow(sentence);
  });
});

describe("readMigrations", () => {
  it("reads folders with a migration.sql in the order of their names, with Prisma's checksum", () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-migrations-"));
    for (const name of ["20260102_b", "20260101_a", "notes"]) fs.mkdirSync(path.join(dir, name));
    fs.writeFileSync(path.join(dir, "20260102_b", "migration.sql"), "select 2;");
    fs.writeFileSync(path.join(dir, "20260101_a", "migration.sql"), "select 1;\n");
    fs.writeFileSync(path.join(dir, "migration_lock.toml"), "");
    expect(readMigrations(dir).map(({ name, checksum }) => [name, checksum])).toEqual([
      ["20260101_a", "4a45092ccf992ea92250053a80b931b787924ba61648f420555511b84f10ab6c"],
      ["20260102_b", "b1bd6d0bfa373a448021e0b2e8311b967e0e7ff45431b7105668662498cc2067"],
    ]);
    fs.rmSync(dir, { recursive: true });
  });
});
