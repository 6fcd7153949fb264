import type { JsonValue } from "@/server/lib/exact-json-text";
import type { FactsReport } from "@/server/usage/facts-report-groups";

/** A report for programs. Its names are a promise to scripts: never rename, only add. */
export function reportToJson({ rows, asOf, isComplete, missing, problems }: FactsReport): JsonValue {
  const answer = { rows, as_of: asOf, complete: isComplete };
  if (isComplete) return answer;
  return {
    ...answer,
    missing,
    problems: problems.map(({ connectionId, connectionName, stream, code }) => ({
      connection_id: connectionId,
      connection_name: connectionName,
      stream,
      code,
    })),
  };
}
