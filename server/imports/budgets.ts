import { isMap, isNode, isScalar, parseDocument, type YAMLMap } from "yaml";
import type { BudgetEntry, Entry, LeftOutEntry } from "@/server/imports/entries";
import { RefusedFile } from "@/server/imports/refusal";
import { compareDecimals } from "@/server/lib/money";
import { toDecimalText } from "@/server/openai/decimal-text";
import { type Fields, isFields } from "@/server/openai/rows";

// Budgets as earlier tools keep them: by project, in US dollars. Where they name a period it is the month; where they name
// none, spend of a month is what they stand beside.

/**
 * Of a list of budgets in YAML: { budgets: { <project>: amount } }. Read from the document's nodes, every value as the text
 * that stands there: no digit is lost, and nothing is expanded. @throws RefusedFile
 */
export function* readBudgetYaml(text: string): Generator<Entry> {
  // Looking for keys that are there twice takes the square of their number: the last one counts, as in JSON.
  const { contents, errors } = parseDocument(text, { schema: "failsafe", uniqueKeys: false, logLevel: "error" });
  const [error] = errors;
  if (error) throw new RefusedFile("broken", { place: `line ${error.linePos?.[0].line ?? 1}`, what: error.code });
  const budgets = isMap(contents) ? contents.get("budgets", true) : null;
  if (!isMap(budgets)) throw new RefusedFile("not_usage");
  yield { kind: "format", format: "budgets_yaml" };
  yield* budgetEntries(fieldsOf(budgets, (node) => (isMap(node) ? fieldsOf(node, textIn(text)) : textIn(text)(node))));
}

/** Of a budget by project, or of one with a period. */
const fieldsOf = ({ items }: YAMLMap, read: (node: unknown) => unknown): Fields =>
  Object.fromEntries(items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", read(value)]));

/** The text of a single value; of anything else, what stands there. */
const textIn = (document: string) => (node: unknown) =>
  isScalar(node)
    ? String(node.value ?? "")
    : isNode(node) && node.range
      ? document.slice(node.range[0], node.range[1])
      : "";

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
