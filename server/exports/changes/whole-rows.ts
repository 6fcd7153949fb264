import type { OrgScope } from "@/server/auth/scope";
import type { ChangeRow } from "@/server/exports/changes/read-changes.sql";
import {
  type CostFactRow,
  type ListedStream,
  readCostFacts,
  readUsageFacts,
  type UsageFactRow,
} from "@/server/exports/read-facts.sql";
import { measureColumns } from "@/server/usage/measures";
import type { DayRange } from "@/server/usage/schema";

export type WholeDays = { stream: ListedStream; list: string; range: DayRange; measure: string | null };

/** Everything that a list holds of some days now, measure by measure as restatements name them, a page at a time. */
export async function* readWholeDays(
  scope: OrgScope,
  { stream, list, range, measure }: WholeDays,
): AsyncGenerator<ChangeRow[]> {
  const isWanted = ([name]: Figure) => measure === null || name === measure;
  if (list.startsWith("costs.")) {
    for await (const facts of readCostFacts(scope, stream, range))
      yield facts.flatMap((fact) => costFigures(fact).filter(isWanted).map(toRow(fact)));
    return;
  }
  for await (const facts of readUsageFacts(scope, stream, range))
    yield facts.flatMap((fact) => usageFigures(fact).filter(isWanted).map(toRow(fact)));
}

type Figure = [measure: string, value: string];

const costFigures = ({ amount, quantity }: CostFactRow): Figure[] => [
  ["amount", amount],
  ...(quantity === null ? [] : [["quantity", quantity] satisfies Figure]),
];

/** As of restatements of new rows: zeros say nothing. */
const usageFigures = (fact: UsageFactRow): Figure[] =>
  [
    ...measureColumns.map((column) => [column, fact[column]] as const),
    ["quantity", fact.quantity] as const,
    ...Object.entries(fact.more ?? {}),
  ].flatMap(([name, value]): Figure[] => (value === null || Number(value) === 0 ? [] : [[name, String(value)]]));

const toRow =
  (fact: CostFactRow | UsageFactRow) =>
  ([measure, after]: Figure): ChangeRow => ({ ...fact, measure, before: null, after, observedAt: null });
