import type { Freshness, OtherCurrency } from "@/server/usage/schema";

export type AttentionItem =
  | { kind: "connection"; connectionId: string; connectionName: string; code: string }
  | { kind: "stream"; connectionId: string; connectionName: string; stream: string; code: string }
  | { kind: "arriving" | "missing"; days: number; missing: Freshness["missing"]; streams: string[] }
  | { kind: "stale"; asOf: string }
  | { kind: "currencies"; amounts: OtherCurrency[] };

/** What a reader of the figures should know or do, gravest first; nothing when all is well. */
export function attentionItems(freshness: Freshness, otherCurrencies: readonly OtherCurrency[]): AttentionItem[] {
  const { state, asOf, missing, missingStreams, problems } = freshness;
  const items: AttentionItem[] = problems.map(({ connectionId, connectionName, stream, code }) =>
    stream === null
      ? { kind: "connection", connectionId, connectionName, code }
      : { kind: "stream", connectionId, connectionName, stream, code },
  );
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

const order: AttentionItem["kind"][] = ["connection", "stream", "stale", "missing", "arriving", "currencies"];

/** How many days [from, to) ranges hold together. */
export const daysOf = (ranges: readonly { from: string; to: string }[]) =>
  ranges.reduce((sum, { from, to }) => sum + Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000), 0);
