import type { OrgScope } from "@/server/auth/scope";
import { findItems } from "@/server/allocation/find-items";
import type { UploadInput, UploadProblem, UploadReport } from "@/server/allocation/schema";
import { changeRules } from "@/server/allocation/set-rule";
import { changeTag } from "@/server/allocation/set-tag";
import { itemKey } from "@/server/allocation/timeline-rows";
import { type FindCenter, planUpload } from "@/server/allocation/upload/plan-upload";
import { readUpload, type UploadRow } from "@/server/allocation/upload/read-upload";

/** Shown of a file; more is counted. */
const SHOWN = 200;

/**
 * Tags and cost centers of many items at once, from a CSV file: each line holds from its day on for good. All of it is done,
 * or nothing where a line cannot be meant; what would be done is told beforehand by a dry run.
 * @throws AppError limit for too many tags
 */
export async function uploadAssignments(scope: OrgScope, { text, isDryRun }: UploadInput): Promise<UploadReport> {
  const read = readUpload(text);
  const { found, missing } = await findItems(
    scope,
    read.rows.map(({ item }) => item),
  );
  const isUnknown = new Set(missing.map(itemKey));
  const unknown = read.rows.filter(({ item }) => isUnknown.has(itemKey(item)));
  const plan = planUpload(read.rows, await centerFinder(scope));
  const problems: UploadProblem[] = [
    ...read.problems,
    ...unknown.map(({ line, item }): UploadProblem => ({ line, code: "unknown_item", text: item.itemId })),
    ...plan.problems,
  ].toSorted((a, b) => a.line - b.line);
  const isDone = !isDryRun && problems.length === 0;
  if (isDone) {
    for (const [key, changes] of plan.tags) await changeTag(scope, key, changes);
    if (plan.rules.length > 0) await changeRules(scope, plan.rules);
  }
  const names = new Map(found.map((item) => [itemKey(item), item.member.name]));
  return {
    isDone,
    rowCount: read.rows.length,
    itemCount: names.size,
    rows: read.rows.slice(0, SHOWN).map((row) => toEntry(row, names)),
    problemCount: problems.length,
    problems: problems.slice(0, SHOWN),
  };
}

const toEntry = ({ line, item, tagKey, value, from, share }: UploadRow, names: ReadonlyMap<string, string | null>) => ({
  line,
  ...item,
  name: names.get(itemKey(item)) ?? null,
  tagKey,
  value,
  from,
  share: tagKey === null && value !== null ? share : null,
});

/** By name, as no two differ in capitals alone, else by a code that is but one's. */
async function centerFinder(scope: OrgScope): Promise<FindCenter> {
  const centers = await scope.db.costCenter.findMany({ select: { id: true, name: true, code: true } });
  const byName = new Map(centers.map(({ id, name }) => [name.toLowerCase(), id]));
  const byCode = Map.groupBy(centers, ({ code }) => code);
  return (nameOrCode) => {
    const named = byName.get(nameOrCode.toLowerCase());
    const coded = byCode.get(nameOrCode) ?? [];
    return named ?? (coded.length === 1 ? (coded[0]?.id ?? null) : null);
  };
}
