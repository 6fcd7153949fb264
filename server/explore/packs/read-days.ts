import type { OrgScope } from "@/server/auth/scope";
import { readColumns } from "@/server/explore/packs/columns.sql";
import { readDivided } from "@/server/explore/packs/divided";
import type { Columns } from "@/server/explore/packs/encode";
import { isCut, type Stretch } from "@/server/explore/packs/wanted";

export type DaysAsked = Stretch & { grain: "day" | "hour" };

/** What the packs of a stretch of days have to hold, of each day that has any fact. @param measures columns of the facts */
export function readDays(scope: OrgScope, stretch: DaysAsked, measures: readonly string[]): Promise<Columns[]> {
  const { stream, grain, zone, range } = stretch;
  if (stream.isCosts && isCut(stretch)) return readDivided(scope, stretch);
  const facts = stream.isCosts ? "cost_facts" : "usage_facts";
  return readColumns(scope, { streamId: stream.id, facts, grain, zone, range, measures });
}
