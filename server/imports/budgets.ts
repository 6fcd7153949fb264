import { isMap, isNode, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { BudgetEntry, Entry, LeftOutEntry } from "@/server/imports/entries";
import { RefusedFile } from "@/server/imports/refusal";
import { compareDecimals } from "@/server/lib/money";
import { toDecimalText } from "@/server/openai/decimal-text";
import { type Fields, isFields } from "@/server/openai/rows";

// Budgets as earlier tools keep them: by project, in US dollars. Where they name a period it is the month; where they name
// none, spend of a month is what they stand beside. Zero is what they write where there is no budget.

/**
 * Of a list of budgets in YAML: { budgets: { <project>: amount } }. Read from the document's nodes, every value as the text
 * that stands there: no digit is lost, and nothing is expanded. @throws RefusedFile
 */
export function* readBudgetYaml(text: string): Generator<Entry> {
  const lineCounter = new LineCounter();
  // Neither errors with an excerpt each nor looking for keys that stand there twice: both take the square of what there is.
  const options = {
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
    lineCounter,
  } as const;
  const { contents, errors } = parseDocument(text, options);
  const [error] = errors;
  if (error)
    throw new RefusedFile("broken", {
      place: `line ${lineCounter.linePos(error.pos[0]).line}`,
      what: "it is not YAML",
    });
  const budgets = isMap(contents) ? lastOf(contents, "budgets") : null;
  if (!isMap(budgets)) throw new RefusedFile("not_usage");
  yield { kind: "format", format: "budgets_yaml" };
  yield* budgetEntries(fieldsOf(budgets, (node) => (isMap(node) ? fieldsOf(node, textIn(text)) : textIn(text)(node))));
}

/** What stands last under a key, as in JSON. */
const lastOf = ({ items }: YAMLMap, name: string): unknown =>
  items.findLast(({ key }) => isScalar(key) && key.value === name)?.value;

/** Of a budget by project, or of one with a period. */
const fieldsOf = ({ items }: YAMLMap, read: (node: unknown) => unknown): Fields =>
  Object.fromEntries(items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", read(value)]));

/** The text of a single value; of anything else, what stands there. */
const textIn = (document: string) => (node: unknown) => {
  if (isScalar(node)) return String(node.value ?? "");
  return isNode(node) && node.range ? document.slice(node.range[0], node.range[1]) : "";
};

/** The budgets of a JSON document by project, in any of the shapes; null where it has none of them. */
export function budgetsOf(document: Fields): Fields | null {
  if (isFields(document.budgets)) return document.budgets;
  const [ids, values] = [Object.keys(document), Object.values(document)];
  const areAmounts =
    ids.every((id) => id.startsWith("proj_")) && !values.some((value) => typeof value === "object" && value);
  const isFlat = areAmounts && values.some((value) => toDecimalText(value) !== null);
  const areBudgets = values.every((value) => value === null || isFields(value)) && values.some(isBudget);
  return isFlat || areBudgets ? document : null;
}

const isBudget = (value: unknown) => isFields(value) && "limit" in value && "period" in value;

/** What is no amount is left out, and told. */
export function* budgetEntries(budgets: Fields): Generator<BudgetEntry | LeftOutEntry> {
  for (const [projectId, value] of Object.entries(budgets)) {
    const { period = MONTHLY, limit: given } = isFields(value) ? value : { limit: value };
    const amount = period === MONTHLY ? budgetIn(given) : undefined;
    if (amount === undefined)
      yield { kind: "left_out", place: projectId, given: textOf(period === MONTHLY ? given : period) };
    else yield { kind: "budget", projectId, amount };
  }
}

const MONTHLY = "monthly";

const MOST = "1000000000000";
const MOST_DECIMALS = 30;

/** Null where there is none; undefined for what is no amount that anybody can mean. */
function budgetIn(given: unknown): string | null | undefined {
  const amount = toDecimalText(given);
  if (amount === null || amount.startsWith("-") || compareDecimals(amount, MOST) > 0) return undefined;
  if ((amount.split(".")[1] ?? "").length > MOST_DECIMALS) return undefined;
  return amount === "0" ? null : amount;
}

/** Not what is in it, which may be deeper than can be written. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "null");
  return Array.isArray(value) ? "[…]" : "{…}";
}
