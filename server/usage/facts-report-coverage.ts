import type { OrgScope } from "@/server/auth/scope";
import { missingDays, type SourceStatus, sourceStatuses } from "@/server/usage/facts-report-coverage.sql";
import type { DayRange } from "@/server/usage/schema";

export type ReportCoverage = {
  /** When the least fresh stream behind the figures was last fetched; null when one of them never was. */
  asOf: string | null;
  /** Every day of the range is closed and fetched, and nothing fails. */
  isComplete: boolean;
  /** Days of the range that are not fetched as closed days, as [from, to): today is always among them. */
  missing: DayRange[];
  problems: ReportProblem[];
};

export type ReportProblem = { connectionId: string; connectionName: string; stream: string | null; code: string };

/** How far the figures of one stream, over all connections of the org, can be relied on. */
export async function reportCoverage(scope: OrgScope, stream: string, range: DayRange): Promise<ReportCoverage> {
  const statuses = await sourceStatuses(scope, stream);
  return judgeSources(statuses, await missingDays(scope, stream, range), stream);
}

/** Pure. A deleted connection's history counts, but it does not make the figures old or incomplete. */
export function judgeSources(statuses: readonly SourceStatus[], missing: DayRange[], stream: string): ReportCoverage {
  const living = statuses.filter((status) => status.connectionStatus !== "deleted");
  const problems = living.flatMap((status) => problemOf(status, stream));
  return {
    asOf: oldestLook(living.length > 0 ? living : statuses)?.toISOString() ?? null,
    isComplete: missing.length === 0 && problems.length === 0,
    missing,
    problems,
  };
}

function oldestLook(statuses: readonly SourceStatus[]): Date | null {
  let oldest: Date | null = null;
  for (const { syncedThrough } of statuses) {
    if (!syncedThrough) return null;
    if (!oldest || syncedThrough < oldest) oldest = syncedThrough;
  }
  return oldest;
}

function problemOf(status: SourceStatus, stream: string): ReportProblem[] {
  const { connectionId, connectionName, connectionStatus, statusReason, state, errorCode } = status;
  const connection = { connectionId, connectionName };
  if (connectionStatus === "broken") return [{ ...connection, stream: null, code: statusReason ?? "auth" }];
  return state === null || state === "ok" ? [] : [{ ...connection, stream, code: errorCode ?? state }];
}
