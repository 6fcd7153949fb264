import type { OrgScope } from "@/server/auth/scope";
import { type CellsQuestion, type GroupCells, isToldBySums, readSummedCells } from "@/server/explore/explore.sql";
import { readPackedCells } from "@/server/explore/packs/cells";

/**
 * Sums by group and bucket, the largest groups by name. One dimension by UTC day is told by sums that the ingest keeps;
 * anything else by packs where the organization has them (see packs/cells), else by the facts.
 */
export async function readCells(scope: OrgScope, question: CellsQuestion): Promise<GroupCells[]> {
  const packed = isToldBySums(question) ? null : await readPackedCells(scope, question);
  return packed ?? readSummedCells(scope, question);
}
