import type { Freshness, OtherCurrency } from "@/server/usage/schema";

export type AttentionItem =
  | { kind: "connection"; connectionId: string; connectionName: string; code: string }
  | { kind: "stream"; connectionId: string; connectionName: string; streams: string[]; code: string }
  | { kind: "arriving" | "missing"; days: number; missing: Freshness["missing"]; streams: string[] }
  | { kind: "stale"; asOf: string }
  | { kind: "currencies"; amounts: OtherCurrency[] };

/** What a reader of the figures should know or do, gravest first; nothing when all is well. */
export function attentionItems(freshness: Freshness, otherCurrencies: readonly OtherCurrency[]): AttentionItem[] {
  const { state, asOf, missing, missingStreams, problems } = freshness;
  const items: AttentionItem[] = problemItems(problems);
  const days = daysOf(missing);
  // Where nothing at all has arrived the page says so itself.
  if (days > 0 && asOf !== null)
    items.push({ kind: state === "syncing" ? "arriving" : "missing", days, missing, streams: missingStreams });
  // A connection that fails explains the age of the figures by itself.
  if (state === "stale" && asOf && problems.length === 0) items.push({ kind: "stale", asOf });
  const foreign = otherCurrencies.filter(({ amount }) => Number(amount) !== 0);
  if (foreign.length > 0) items.push({ kind: "currencies", amounts: foreign });
  return items.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Lists of a connection that fail for one reason are one item. */
function problemItems(problems: Freshness["problems"]): AttentionItem[] {
  const alike = Map.groupBy(problems, ({ connectionId, stream, code }) => `${connectionId} ${stream === null} ${code}`);
  return [...alike.values()].flatMap((group): AttentionItem[] => {
    const streams = group.flatMap(({ stream }) => stream ?? []);
    return group
      .slice(0, 1)
      .map(({ stream, ...common }) =>
        stream === null ? { ...common, kind: "connection" } : { ...common, kind: "stream", streams },
      );
  });
}

const order: AttentionItem["kind"][] = ["connection", "stream", "stale", "missing", "arriving", "currencies"];

/** How many days [from, to) ranges hold together. */
export const daysOf = (ranges: readonly { from: string; to: string }[]) =>
  ranges.reduce((sum, { from, to }) => sum + Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000), 0);
