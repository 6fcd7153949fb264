import type { OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import { toUtcDay } from "@/server/lib/time";
import { usageStream } from "@/server/openai/streams";
import { type ReportCoverage, reportCoverage } from "@/server/usage/facts-report-coverage";
import {
  type CostGroup,
  costListsBy,
  type FactsReport,
  groupFields,
  memberGroups,
  refusedTogether,
  type ReportGroup,
  type ReportRow,
  type UsageGroup,
} from "@/server/usage/facts-report-groups";
import { type Measured, sumCosts, sumUsage } from "@/server/usage/facts-report.sql";
import type { UsageEndpoint } from "@/server/usage/measures";
import { describeMembers } from "@/server/usage/members";
import type { DayRange } from "@/server/usage/schema";

export type CostReportInput = { range: DayRange; groupBy: readonly CostGroup[] };
export type UsageReportInput = { endpoint: UsageEndpoint; range: DayRange; groupBy: readonly UsageGroup[] };

/**
 * Spend of a range of UTC days from the facts, every digit kept: one row per combination of the groups, one in all
 * without groups. Rows in another currency than US dollars name it; it is never added to dollars.
 * @throws AppError invalid for groups that no list of the provider holds together.
 */
export async function reportCosts(scope: OrgScope, { range, groupBy }: CostReportInput): Promise<FactsReport> {
  const refusal = refusedTogether(groupBy);
  if (refusal) throw new AppError("invalid", "cost_groups_incompatible", { message: refusal });
  const coverage = await reportCoverage(scope, groupBy.includes("user") ? "costs.user" : "costs.project", range);
  const facts = await sumCosts(scope, { streams: costListsBy(groupBy), range, groupBy });
  const described = await describeRows(scope, groupBy, facts);
  const rows = described.map(
    ({ group, measures: { currency, amount } }): ReportRow =>
      currency === "usd" ? { ...group, amount } : { ...group, currency, amount },
  );
  if (groupBy.length === 0 && !facts.some(({ measures }) => measures.currency === "usd"))
    rows.unshift({ amount: isAnythingKnown(coverage, range) ? "0" : null });
  return { rows, ...coverage };
}

/**
 * Counts of one usage endpoint under the provider's own names, likewise. Null is a measure that the provider did not
 * give; a day that is stored without hours has the hour null.
 */
export async function reportUsage(
  scope: OrgScope,
  { endpoint, range, groupBy }: UsageReportInput,
): Promise<FactsReport> {
  const stream = `usage.${endpoint}`;
  const coverage = await reportCoverage(scope, stream, range);
  const { measures } = usageStream(endpoint);
  const facts = await sumUsage(scope, { streams: [stream], range, groupBy, measures });
  const described = await describeRows(scope, groupBy, facts);
  const rows = described.map(({ group, measures: counts }): ReportRow => ({ ...group, ...counts }));
  if (groupBy.length === 0 && facts.length === 0) {
    const none = isAnythingKnown(coverage, range) ? 0n : null;
    rows.push(Object.fromEntries(measures.map((measure) => [measure, none])));
  }
  return { rows, ...coverage };
}

/** No fact at all means zero only where somebody asked: a covered day, or the day of the last look. */
function isAnythingKnown({ missing, asOf }: ReportCoverage, range: DayRange): boolean {
  const isAllMissing = missing.some(({ from, to }) => from <= range.from && to >= range.to);
  const lastLook = asOf ? toUtcDay(new Date(asOf)) : null;
  return !isAllMissing || (lastLook !== null && lastLook >= range.from && lastLook < range.to);
}

/** Puts the groups under their public names, and the directory's names beside the ids. */
async function describeRows<M>(scope: OrgScope, groupBy: readonly ReportGroup[], facts: readonly Measured<M>[]) {
  const naming = new Map<ReportGroup, (key: string) => string | null>();
  for (const [position, group] of groupBy.entries()) {
    const dimension = memberGroups[group];
    if (!dimension) continue;
    const ids = new Set(facts.map(({ keys }) => keys[position]).filter((key) => typeof key === "string"));
    const describe = await describeMembers(scope, dimension, [...ids]);
    naming.set(group, (id) => describe(id).name);
  }
  return facts.map(({ keys, measures }) => {
    const group: ReportRow = {};
    for (const [position, name] of groupBy.entries()) {
      const { id, label } = groupFields[name];
      const key = keys[position] ?? null;
      group[id] = key;
      if (label) group[label] = typeof key === "string" ? (naming.get(name)?.(key) ?? null) : null;
    }
    return { group, measures };
  });
}
