import { budgetEntries, budgetsOf } from "@/server/imports/budgets";
import type { RefusalCode } from "@/server/imports/constants";
import type { Entry, NameEntry } from "@/server/imports/entries";
import { nameOf } from "@/server/imports/json-rows";
import { RefusedFile } from "@/server/imports/refusal";
import { parseExactJson } from "@/server/openai/exact-json";
import { isFields } from "@/server/openai/rows";

/** Entries of a JSON file without a list of buckets: names of people, or budgets. What else is known is refused by name. */
export function* readSmallJson(text: string): Generator<Entry> {
  const document = parse(text);
  const refusal = refusalOf(document);
  if (refusal) throw new RefusedFile(refusal);
  const budgets = isFields(document) ? budgetsOf(document) : null;
  if (budgets) {
    yield { kind: "format", format: "budgets_json" };
    yield* budgetEntries(budgets);
    return;
  }
  const people = peopleOf(document);
  if (!people) throw new RefusedFile("not_usage");
  yield { kind: "format", format: "people_json" };
  yield* people;
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (isPriceLine(text)) throw new RefusedFile("holds_prices");
    const [place] = /line \d+/.exec(String(error)) ?? [];
    throw new RefusedFile("broken", { place, what: "it is not JSON" });
  }
}

/** Lines of JSON, each the price of a model. */
function isPriceLine(text: string): boolean {
  try {
    const first: unknown = JSON.parse(text.slice(0, text.indexOf("\n")));
    return isFields(first) && "model_name" in first && "input_cost" in first;
  } catch {
    return false;
  }
}

/** What a document of other tools holds that is not read. */
function refusalOf(document: unknown): RefusalCode | null {
  if (Array.isArray(document)) return document.some(isRateLimit) ? "holds_rate_limits" : null;
  if (!isFields(document)) return null;
  if ("model_name" in document && "input_cost" in document) return "holds_prices";
  if ("recorded_call" in document) return "holds_recordings";
  if ("totalCost" in document && "usageByDate" in document) return "holds_sums";
  const values = Object.values(document);
  const areLimits = values.every((value) => isFields(value) && Array.isArray(value.rate_limits));
  return values.length > 0 && areLimits ? "holds_rate_limits" : null;
}

const isRateLimit = (item: unknown) =>
  isFields(item) && "model" in item && ("max_requests_per_1_minute" in item || "max_tokens_per_1_minute" in item);

/** A list of people, or an object of them by id. */
function peopleOf(document: unknown): NameEntry[] | null {
  const items: unknown[] = Array.isArray(document)
    ? document
    : isFields(document)
      ? Object.entries(document).map(([id, value]) => (isFields(value) ? { ...value, id } : null))
      : [];
  const names = items.map(nameOf).filter((entry) => entry !== null);
  return names.length > 0 && names.length === items.length ? names : null;
}
