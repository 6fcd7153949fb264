import { addDecimals, compareDecimals, subtractDecimals, sumDecimals } from "@/server/lib/money";
import type { UtcDay } from "@/server/lib/time";
import { findPricedModel } from "@/server/prices/price-book";
import { costOf, priceOf } from "@/server/prices/price-of";
import type { ListPrice, MeteredKind, NoPriceReason, PriceTier } from "@/server/prices/schema";
import { explainGap } from "@/server/reconciliation/explain-gap";
import { billedWith, readLineItem } from "@/server/reconciliation/line-kinds";
import type { PriceCheckLine } from "@/server/reconciliation/schema";

/** Some of a kind, used within days that have the same prices. */
export type UsedAmount = {
  model: string | null;
  kind: MeteredKind;
  tier: PriceTier | null;
  /** A day of those. */
  day: UtcDay;
  isSettled: boolean;
  /** Decimal text of a whole number. */
  quantity: string;
};

export type BilledAmount = { lineItem: string | null; isSettled: boolean; amount: string };

type Line = Pick<PriceCheckLine, "model" | "kind" | "lineItem"> & { used: UsedAmount[]; billed: BilledAmount[] };

/** The bill's lines and the usage that each is for, which need not have a line; largest first. Pure. */
export function compareLines(used: readonly UsedAmount[], billed: readonly BilledAmount[]): PriceCheckLine[] {
  return joinLines(used, billed)
    .map(judgeLine)
    .toSorted((a, b) => compareDecimals(b.billed, a.billed) || nameOf(a).localeCompare(nameOf(b), "en"));
}

const nameOf = ({ lineItem, model, kind }: PriceCheckLine) => lineItem ?? `${model ?? ""} ${kind}`;

function joinLines(used: readonly UsedAmount[], billed: readonly BilledAmount[]): Line[] {
  const models = new Set(used.map(({ model }) => model));
  const lines: Line[] = [];
  const byMeaning = new Map<string, Line>();
  for (const [lineItem, amounts] of Map.groupBy(billed, (row) => row.lineItem)) {
    const { model, kind } = readLineItem(lineItem, (name) => models.has(name));
    const same = kind === null ? undefined : byMeaning.get(meaning(model, kind));
    // Two names of one thing, an older and a newer one, are one line.
    if (same) {
      same.billed.push(...amounts);
      continue;
    }
    const line: Line = { model, kind, lineItem, used: [], billed: [...amounts] };
    lines.push(line);
    if (kind !== null) byMeaning.set(meaning(model, kind), line);
  }
  for (const amount of used) {
    const line = lineFor(amount, byMeaning) ?? addLine(amount, lines, byMeaning);
    line.used.push(amount);
  }
  return lines;
}

const meaning = (model: string | null, kind: MeteredKind) => `${kind} ${model ?? ""}`;

/** The line that bills this: of the model and kind; of a kind that includes it; of the endpoint, for all models. */
function lineFor({ model, kind }: UsedAmount, byMeaning: ReadonlyMap<string, Line>): Line | undefined {
  const own = byMeaning.get(meaning(model, kind));
  const wider = (billedWith[kind] ?? []).map((other) => byMeaning.get(meaning(model, other))).find(Boolean);
  return own ?? wider ?? byMeaning.get(meaning(null, kind));
}

function addLine({ model, kind }: UsedAmount, lines: Line[], byMeaning: Map<string, Line>): Line {
  const line: Line = { model, kind, lineItem: null, used: [], billed: [] };
  lines.push(line);
  byMeaning.set(meaning(model, kind), line);
  return line;
}

function judgeLine({ model, kind, lineItem, used, billed }: Line): PriceCheckLine {
  const priced = used.map(priceAmount);
  const known = priced.filter((amount) => amount.expected !== null);
  const sumOf = (values: readonly (string | null)[]) => sumDecimals(values.filter((value) => value !== null));
  const expected = known.length > 0 ? sumOf(known.map((amount) => amount.expected)) : null;
  const amountBilled = sumDecimals(billed.map(({ amount }) => amount));
  const settled = <T extends { isSettled: boolean }>(rows: readonly T[]) => rows.filter(({ isSettled }) => isSettled);
  const unpriced = priced.filter((amount) => amount.expected === null);
  return {
    model,
    kind,
    lineItem,
    quantity: used.length > 0 ? sumDecimals(used.map(({ quantity }) => quantity)) : null,
    unpricedQuantity: sumDecimals(unpriced.map(({ quantity }) => quantity)),
    noPrice: [...new Set(unpriced.flatMap(({ reason }) => reason ?? []))],
    listPrice: theOnly(priced.map(({ listPrice }) => listPrice)),
    standardAmount: known.length > 0 ? sumOf(known.map((amount) => amount.standard)) : null,
    expected,
    billed: amountBilled,
    difference: expected === null ? null : subtractDecimals(amountBilled, expected),
    reasons: explainGap({
      billed: amountBilled,
      expected: expected ?? "0",
      billedSettled: sumDecimals(settled(billed).map(({ amount }) => amount)),
      expectedSettled: sumOf(settled(known).map((amount) => amount.expected)),
      isMetered: used.length > 0,
      isUnpriced: unpriced.length > 0,
      isBilled: billed.length > 0,
    }),
    hasLongContextPrice: model !== null && findPricedModel(model)?.longContextAbove !== undefined,
  };
}

type Priced = UsedAmount & {
  expected: string | null;
  standard: string | null;
  listPrice: ListPrice | null;
  reason: NoPriceReason | null;
};

function priceAmount(used: UsedAmount): Priced {
  const price = priceOf(used);
  const standard = priceOf({ ...used, tier: "standard" });
  const listPrice = standard.amount === null ? null : standard;
  if (price.amount === null) return { ...used, expected: null, standard: null, listPrice, reason: price.reason };
  const expected = costOf(used.quantity, price);
  return {
    ...used,
    expected,
    standard: listPrice === null ? expected : costOf(used.quantity, listPrice),
    listPrice,
    reason: null,
  };
}

/** The one value that all have; null when they differ. */
function theOnly(prices: readonly (ListPrice | null)[]): ListPrice | null {
  const [first = null] = prices;
  return prices.every((price) => price?.amount === first?.amount && price?.per === first?.per) ? first : null;
}

/** Sums over lines that add up to what was billed. */
export function sumLines(lines: readonly PriceCheckLine[]) {
  const sum = (values: readonly (string | null)[]) => sumDecimals(values.filter((value) => value !== null));
  const expected = sum(lines.map((line) => line.expected));
  const standardAmount = sum(lines.map((line) => line.standardAmount));
  const byCode = new Map<PriceCheckLine["reasons"][number]["code"], string>();
  for (const { code, amount } of lines.flatMap(({ reasons }) => reasons))
    byCode.set(code, addDecimals(byCode.get(code) ?? "0", amount));
  return {
    billed: sum(lines.map((line) => line.billed)),
    standardAmount,
    tierEffect: subtractDecimals(expected, standardAmount),
    expected,
    reasons: [...byCode].map(([code, amount]) => ({ code, amount })),
  };
}
