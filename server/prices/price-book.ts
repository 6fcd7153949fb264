import { z } from "zod";
import type { UtcDay } from "@/server/lib/time";
import book from "@/server/prices/openai-prices.json";
import { tokenKinds } from "@/server/prices/schema";

const DecimalText = z.string().regex(/^\d+(\.\d+)?$/);

/** Tokens and characters: per million; calls: per thousand; minutes and seconds of video: each. */
const Rates = z.partialRecord(
  z.enum([...tokenKinds, "characters", "minutes", "videoSeconds", "webSearchCalls"]),
  DecimalText,
);
export type RateName = keyof z.infer<typeof Rates>;

const Period = z.strictObject({
  /** First UTC day of these prices; null since the model exists. */
  from: z.iso.date().nullable(),
  standard: Rates,
  batch: Rates.optional(),
  flex: Rates.optional(),
  priority: Rates.optional(),
  ultrafast: Rates.optional(),
});

const PricedModel = z.strictObject({
  model: z.string(),
  aliases: z.array(z.string()).default([]),
  status: z.enum(["active", "deprecated", "shut_down"]),
  /** Requests with more input tokens than this cost more throughout; usage does not tell them apart. */
  longContextAbove: z.int().optional(),
  prices: z.array(Period).min(1),
  derived: z.array(z.string()).optional(),
  source: z.string(),
  sourceDate: z.string(),
});
export type PricedModel = z.infer<typeof PricedModel>;
export type PricePeriod = z.infer<typeof Period>;

const PriceBook = z.strictObject({
  asOf: z.iso.date(),
  note: z.string(),
  tools: z.strictObject({ fileSearchCalls: DecimalText, sessions: DecimalText }),
  models: z.array(PricedModel),
});

/** OpenAI's public list prices as of a day. @throws ZodError when the file is not what it should be */
export const priceBook = PriceBook.parse(book);

const byName = new Map(
  priceBook.models.flatMap((entry) => [entry.model, ...entry.aliases].map((name) => [name, entry])),
);

const FINE_TUNED = "ft:";
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/**
 * The entry of a model as usage names it: by its name or an alias, else a snapshot ("gpt-5-2025-08-07") by its family. A
 * fine-tuned model ("ft:gpt-4o-2024-08-06:acme::id") has the prices of fine-tuned models of its base, never those of the base.
 */
export function findPricedModel(model: string): PricedModel | null {
  if (!model.startsWith(FINE_TUNED)) return byName.get(model) ?? byName.get(familyOf(model)) ?? null;
  const base = model.split(":")[1] ?? "";
  const known = byName.get(base) ?? byName.get(familyOf(base));
  return [base, familyOf(base), known?.model].map((name) => byName.get(FINE_TUNED + name)).find(Boolean) ?? null;
}

/** The name without the day of a snapshot. */
export const familyOf = (model: string): string => model.replace(SNAPSHOT, "");

/** The prices that held on a day. */
export const periodOf = ({ prices }: PricedModel, day: UtcDay): PricePeriod | undefined =>
  prices.findLast(({ from }) => from === null || from <= day);

/** The days of (from, to) on which a price of any model changed, in their order. */
export const priceChangesIn = ({ from, to }: { from: UtcDay; to: UtcDay }): UtcDay[] =>
  [
    ...new Set(
      priceBook.models
        .flatMap(({ prices }) => prices.map((period) => period.from))
        .filter((day) => day !== null && day > from && day < to),
    ),
  ].toSorted() as UtcDay[];
