import { expect, it } from "vitest";
import { migrationFolder } from "./new-migration.mjs";

it("a migration's folder sorts by time and says what it does", () => {
  expect(migrationFolder("Add budgets, v2!", new Date("2026-11-20T21:05:09.123Z"))).toBe(
    "20261120210509_add_budgets_v2",
  );
});

it.each([undefined, "", " - "])("a migration needs a name, not %o", (name) => {
  expect(() => migrationFolder(name, new Date())).toThrow(/npm run db:migrate:new -- add-budgets/);
});
