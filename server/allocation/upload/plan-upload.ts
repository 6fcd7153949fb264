import type { Rule, UploadProblem } from "@/server/allocation/schema";
import type { RuleChange } from "@/server/allocation/set-rule";
import type { TagChange } from "@/server/allocation/set-tag";
import { itemKey } from "@/server/allocation/timeline-rows";
import type { UploadRow } from "@/server/allocation/upload/read-upload";
import { compareDecimals, sumDecimals } from "@/server/lib/money";

/** The cost center of a name or a code. */
export type FindCenter = (nameOrCode: string) => string | null;

/** Changes in the order in which they are to be made. */
export type Plan = { tags: ReadonlyMap<string, TagChange[]>; rules: RuleChange[]; problems: UploadProblem[] };

/**
 * What lines come to: tags as they stand, and a rule for all lines of an item and a day together. Earlier days first, as
 * each holds from its day on for good. Pure.
 */
export function planUpload(rows: readonly UploadRow[], findCenter: FindCenter): Plan {
  const problems: UploadProblem[] = [];
  const tags: (TagChange & { key: string })[] = [];
  const rules: RuleChange[] = [];
  const byDay = rows.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  for (const [first, ...others] of Map.groupBy(byDay, targetOf).values()) {
    if (!first) continue;
    const { item, tagKey, value, from } = first;
    if (tagKey === null) {
      const rule = ruleOf([first, ...others], findCenter);
      if (Array.isArray(rule)) problems.push(...rule);
      else rules.push({ item, value: rule, from, to: null });
      continue;
    }
    tags.push({ item, key: tagKey, value, from, to: null });
    problems.push(...others.map(({ line }): UploadProblem => ({ line, code: "twice", text: String(first.line) })));
  }
  return { tags: Map.groupBy(tags, ({ key }) => key), rules, problems };
}

const targetOf = ({ item, tagKey, from }: UploadRow) => JSON.stringify([itemKey(item), tagKey, from]);

/** The rule of all lines of an item and a day; null takes it back. */
function ruleOf(rows: readonly UploadRow[], findCenter: FindCenter): Rule | null | UploadProblem[] {
  const found = rows.map((row) => ({ row, costCenterId: row.value === null ? "" : findCenter(row.value) }));
  const problems = found.flatMap(({ row, costCenterId }, i): UploadProblem[] => {
    const { line, value } = row;
    if (costCenterId === null) return [{ line, code: "cost_center", text: value ?? "" }];
    const former = found
      .slice(0, i)
      .find((one) => one.costCenterId === costCenterId || one.costCenterId === "" || costCenterId === "");
    return former ? [{ line, code: "twice", text: String(former.row.line) }] : [];
  });
  const sum = sumDecimals(rows.map(({ share }) => share));
  const isOver = problems.length === 0 && compareDecimals(sum, "100") > 0;
  if (isOver) problems.push({ line: rows.at(-1)?.line ?? 1, code: "over", text: sum });
  if (problems.length > 0) return problems;
  const shares = found.flatMap(({ row, costCenterId }) => (costCenterId ? [{ costCenterId, percent: row.share }] : []));
  return shares.length === 0 ? null : { method: "fixed", shares };
}
