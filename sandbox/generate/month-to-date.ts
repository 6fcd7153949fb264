import { secondsPerDay } from "../clock";
import type { Money } from "../money";
import type { Organization } from "../org/types";
import type { CostBook } from "./cost-book";

/** What has been spent since the first of the UTC month, in the whole organization or in one project. */
export function monthToDate(
  book: CostBook,
  org: Organization,
  scope: { now: number; projectId: string | null },
): Money {
  const date = new Date(scope.now * 1000);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000 / secondsPerDay;
  let total = 0n;
  for (let day = first; day * secondsPerDay < scope.now; day += 1) {
    for (const { dimensions, value } of book.day(org, day, scope.now)) {
      if (scope.projectId === null || dimensions.project_id === scope.projectId) total += value;
    }
  }
  return total;
}
