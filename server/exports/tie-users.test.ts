import { expect, it } from "vitest";
import { tieUsers } from "@/server/exports/tie-users";
import { sumDecimals } from "@/server/lib/money";
import type { ReportRow } from "@/server/usage/facts-report-groups";

const person = (user: string | null, day: string, amount: string) => ({
  day,
  user_id: user,
  user_name: user,
  amount,
});
const sum = (rows: readonly { amount?: unknown }[]) => sumDecimals(rows.map(({ amount }) => String(amount)));

it("what nobody is named for is nobody's, day by day", () => {
  const rows = [person("u1", "2026-10-01", "1.5"), person(null, "2026-10-01", "0.25"), person("u1", "2026-10-02", "3")];
  const totals: ReportRow[] = [
    { day: "2026-10-01", amount: "2" },
    { day: "2026-10-02", amount: "2.5" },
    { day: "2026-10-03", amount: "7" },
    { day: "2026-10-03", currency: "eur", amount: "1" },
  ];
  expect(tieUsers(["day", "user"], rows, totals)).toEqual([
    person("u1", "2026-10-01", "1.5"),
    person(null, "2026-10-01", "0.5"),
    person("u1", "2026-10-02", "3"),
    person(null, "2026-10-02", "-0.5"),
    person(null, "2026-10-03", "7"),
    { ...person(null, "2026-10-03", "1"), currency: "eur" },
  ]);
});

it("adds up to the invoice also where only people were billed", () => {
  const rows = [person("u1", "2026-10-01", "1"), person("u2", "2026-10-02", "2")];
  const totals = [{ day: "2026-10-01", amount: "1" }];
  expect(sum(tieUsers(["day", "user"], rows, totals))).toBe("1");
});

it("leaves people as they are while there is no invoice", () => {
  const rows = [person("u1", "2026-10-01", "1")];
  expect(tieUsers(["user", "day"], rows, [])).toEqual(rows);
});
