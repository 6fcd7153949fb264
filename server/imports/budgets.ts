import { parse, YAMLParseError } from "yaml";
import type { BudgetEntry, Entry, LeftOutEntry } from "@/server/imports/entries";
import { RefusedFile } from "@/server/imports/refusal";
import { compareDecimals } from "@/server/lib/money";
import { toDecimalText } from "@/server/openai/decimal-text";
import { type Fields, isFields } from "@/server/openai/rows";

// Budgets as earlier tools keep them: by project, in US dollars. Where they name a period it is the month; where they name
// none, spend of a month is what they stand beside.

/** Of a list of budgets in YAML: { budgets: { <project>: amount } }. @throws RefusedFile */
export function* readBudgetYaml(text: string): Generator<Entry> {
  const document = parseYaml(text);
  if (!isFields(document) || !isFields(document.budgets)) throw new RefusedFile("not_usage");
  yield { kind: "format", format: "budgets_yaml" };
  yield* budgetEntries(document.budgets);
}

/** Every value as the text that stands there: no digit of an amount is lost. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { schema: "failsafe" });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [at] = error.linePos ?? [];
    throw new RefusedFile("broken", { place: at && `line ${at.line}`, what: error.code });
  }
}

/** The budgets of a JSON document by project, in any of the shapes; null where it has none of them. */
export function budgetsOf(document: Fields): Fields | null {
  if (isFields(document.budgets)) return document.budgets;
  const entries = Object.entries(document);
  const isList =
    entries.length > 0 &&
    (entries.every(([, value]) => isBudget(value)) ||
      entries.every(([id, value]) => id.startsWith("proj_") && toDecimalText(value) !== null));
  return isList ? document : null;
}

const isBudget = (value: unknown) => isFields(value) && "limit" in value && "period" in value;

/** What is no amount is left out, and told. These tools write zero where there is no budget. */
export function* budgetEntries(budgets: Fields): Generator<BudgetEntry | LeftOutEntry> {
  for (const [projectId, value] of Object.entries(budgets)) {
    const { period, given } = isFields(value)
      ? { period: value.period, given: value.limit }
      : { period: "monthly", given: value };
    const amount = toDecimalText(given);
    if (period === "monthly" && amount !== null && compareDecimals(amount, "0") > 0)
      yield { kind: "budget", projectId, amount };
    else yield { kind: "left_out", place: projectId, given: textOf(period === "monthly" ? given : period) };
  }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
