import { z } from "zod";
import { isOrdered, type Validity, validityFields } from "@/components/allocation/validity";
import { addDecimals, compareDecimals } from "@/components/lib/decimal";
import type { Rule } from "@/server/allocation/schema";

/** How a form says who bears a cost. */
export const ruleKinds = ["single", "percent", "proportional", "none"] as const;

const Percent = z
  .string()
  .trim()
  .regex(/^\d{1,3}(\.\d{1,6})?$/);

const ShareRow = z.object({ costCenterId: z.string(), percent: z.string().trim() });
type Shares = z.infer<typeof ShareRow>[];

export const RuleForm = z
  .object({
    kind: z.enum(ruleKinds),
    /** The one that bears all. */
    costCenterId: z.string(),
    shares: z.array(ShareRow),
    /** None: all of them. */
    sharing: z.array(z.string()),
    ...validityFields,
  })
  .refine(isOrdered, { path: ["last"] })
  .refine(({ kind, costCenterId }) => kind !== "single" || costCenterId !== "", { path: ["costCenterId"] })
  .refine(({ kind, shares }) => kind !== "percent" || areSane(shares), { path: ["shares"] });
export type RuleForm = z.infer<typeof RuleForm>;

function areSane(shares: Shares): boolean {
  const given = filled(shares);
  const ids = given.map(({ costCenterId }) => costCenterId);
  return (
    given.length > 0 &&
    new Set(ids).size === ids.length &&
    given.every(({ percent }) => Percent.safeParse(percent).success && compareDecimals(percent, "0") > 0) &&
    compareDecimals(sumOf(given), "100") <= 0
  );
}

const filled = (shares: Shares) => shares.filter(({ costCenterId, percent }) => costCenterId !== "" && percent !== "");

/** What the given percentages come to; those that are no numbers count as nothing. */
export const sumOf = (shares: Shares): string =>
  filled(shares).reduce(
    (sum, { percent }) => (Percent.safeParse(percent).success ? addDecimals(sum, percent) : sum),
    "0",
  );

/** What the form means. */
export function toRule({ kind, costCenterId, shares, sharing }: RuleForm): Rule | null {
  switch (kind) {
    case "single":
      return { method: "fixed", shares: [{ costCenterId, percent: "100" }] };
    case "percent":
      return { method: "fixed", shares: filled(shares) };
    case "proportional":
      return { method: "proportional", costCenterIds: sharing };
    case "none":
      return null;
    default:
      return kind satisfies never;
  }
}

/** The form that would say a rule. */
export function fromRule(rule: Rule | null): Omit<RuleForm, keyof Validity> {
  const blank = {
    costCenterId: "",
    shares: [
      { costCenterId: "", percent: "" },
      { costCenterId: "", percent: "" },
    ],
  };
  if (!rule) return { ...blank, kind: "single", sharing: [] };
  if (rule.method === "proportional") return { ...blank, kind: "proportional", sharing: rule.costCenterIds };
  const [first] = rule.shares;
  return rule.shares.length === 1 && first?.percent === "100"
    ? { ...blank, kind: "single", costCenterId: first.costCenterId, sharing: [] }
    : { ...blank, kind: "percent", shares: rule.shares, sharing: [] };
}
