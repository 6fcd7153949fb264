import type { OrgScope } from "@/server/auth/scope";
import { type Budget, budgetsOfProjects } from "@/server/directory/budgets.sql";
import { addUtcDays, toUtcDay, utcDaysBetween } from "@/server/lib/time";
import { coverageOf } from "@/server/usage/coverage";
import { monthToDate, sameDaysOfPreviousMonth } from "@/server/usage/day-ranges";
import { knownAmounts } from "@/server/usage/known-figures";
import { describeMembers } from "@/server/usage/members";
import type { MemberAround } from "@/server/usage/schema";
import { spendByKey } from "@/server/usage/spend.sql";

/** Budgets of projects, and what these have cost in the running month of UTC days. */
export async function budgetsAround(
  scope: OrgScope,
  projectIds: readonly string[],
  now = new Date(),
): Promise<MemberAround["budgets"]> {
  if (projectIds.length === 0) return [];
  const budgets = await scope.db.$queryRaw<Budget[]>(budgetsOfProjects(scope.org.id, projectIds));
  if (budgets.length === 0) return [];
  const range = monthToDate(toUtcDay(now));
  const ranges = { range, previousRange: sameDaysOfPreviousMonth(range) };
  const keys = budgets.map(({ projectId }) => projectId);
  const spend = await spendByKey(scope, ["project"], { ...ranges, keys });
  const billed = new Map(spend.get("project")?.map((row) => [row.key, row]));
  const coverage = await coverageOf(scope, { streams: ["costs.project"], range, now });
  const knownOf = coverage.costs["costs.project"];
  const known = knownAmounts(knownOf, ranges);
  // Today's are under way wherever they come from.
  const unknownDays = utcDaysBetween(range.from, addUtcDays(range.to, -1)).filter((day) => !knownOf.day(day)).length;
  const describe = await describeMembers(scope, "project", keys);
  return budgets.map(({ projectId, amount }) => ({
    project: describe(projectId),
    month: range.from,
    amount,
    spent: known(billed.get(projectId)).amount,
    unknownDays,
  }));
}
