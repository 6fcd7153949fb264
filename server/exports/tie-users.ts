import { addDecimals, compareDecimals } from "@/server/lib/money";
import { type CostGroup, groupFields, type ReportRow } from "@/server/usage/facts-report-groups";

/**
 * Spend by person comes from a list of its own. What that lacks of the invoice (or has too much) becomes nobody's, for every
 * combination of the other groups: the file adds up to what the screens show. Pure.
 * @param totals the same report without the group "user"
 */
export function tieUsers(groupBy: readonly CostGroup[], rows: readonly ReportRow[], totals: readonly ReportRow[]) {
  const keyOf = (row: ReportRow) =>
    JSON.stringify([
      ...groupBy.filter((group) => group !== "user").map((group) => row[groupFields[group].id] ?? null),
      row.currency ?? "usd",
    ]);
  if (totals.length === 0) return rows;
  const missing = new Map<string, string>();
  const add = (key: string, amount: string) => missing.set(key, addDecimals(missing.get(key) ?? "0", amount));
  for (const row of totals) if (typeof row.amount === "string") add(keyOf(row), row.amount);
  for (const row of rows) if (typeof row.amount === "string") add(keyOf(row), negated(row.amount));
  const tied = rows.map((row) => {
    if (row.user_id !== null || typeof row.amount !== "string") return row;
    const rest = missing.get(keyOf(row)) ?? "0";
    missing.delete(keyOf(row));
    return { ...row, amount: addDecimals(row.amount, rest) };
  });
  const take = (row: ReportRow) => {
    const amount = missing.get(keyOf(row)) ?? "0";
    missing.delete(keyOf(row));
    return amount;
  };
  return [...tied, ...[...totals, ...rows].flatMap((row) => rowOfNobody(groupBy, row, take(row)))];
}

/** For a combination of the other groups that has no such row yet. */
function rowOfNobody(groupBy: readonly CostGroup[], like: ReportRow, amount: string): ReportRow[] {
  if (compareDecimals(amount, "0") === 0) return [];
  const names = groupBy.flatMap((group) => Object.values(groupFields[group]));
  const nobody = { user_id: null, user_name: null };
  const group: ReportRow = Object.fromEntries(names.map((name) => [name, like[name] ?? null]));
  return [{ ...group, ...nobody, ...(like.currency === undefined ? {} : { currency: like.currency }), amount }];
}

const negated = (amount: string) => (amount.startsWith("-") ? amount.slice(1) : `-${amount}`);
