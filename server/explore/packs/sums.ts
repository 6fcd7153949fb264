import type { OrgScope } from "@/server/auth/scope";
import type { CellsQuestion } from "@/server/explore/explore.sql";
import { readPackedCells } from "@/server/explore/packs/cells";
import { Exact, sumDecimals } from "@/server/lib/money";

/** What a group comes to in a whole period, as decimal text; keys in the order of the question's dimensions. */
export type GroupSum = { period: number; keys: readonly string[]; sum: string };

/** Sums of whole periods by group, without zeros; null where packs cannot answer (see readPackedCells). */
export async function readPackedSums(
  scope: OrgScope,
  question: Omit<CellsQuestion, "top">,
): Promise<GroupSum[] | null> {
  const lines = await readPackedCells(scope, { ...question, granularity: "quarter", top: Number.POSITIVE_INFINITY });
  const sums = lines?.map(({ period, keys, values }) => ({ period, keys, sum: sumDecimals(values) }));
  return sums?.filter(({ sum }) => !new Exact(sum).isZero()) ?? null;
}
