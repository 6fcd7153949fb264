import { z } from "zod";
import { MAX_TAG_KEY_LENGTH, MAX_UPLOAD_CHARACTERS, TAG_KEY, type uploadProblems } from "@/server/allocation/constants";
import { type ItemKind, ItemRef, itemKinds } from "@/server/directory/schema";
import { Day } from "@/server/lib/day";
import { compareDecimals, sumDecimals } from "@/server/lib/money";
import { FIRST_DAY } from "@/server/lib/time";
import type { Member } from "@/server/usage/schema";

/** As many as are changed at once; each has an audit row of its own. */
export const MAX_ITEMS = 200;
export const MAX_COST_CENTERS = 500;
export const MAX_TAG_KEYS = 200;

export const FromDay = Day.refine((day) => day >= FIRST_DAY, { message: `from ${FIRST_DAY} on` });
const orderedDays = {
  check: ({ from, to }: { from: string; to: string | null }) => to === null || from < to,
  message: { message: "from must be before to", path: ["to"] },
};

/** UTC days; `to` is exclusive, null is for good. */
const validity = { from: FromDay, to: FromDay.nullable() };

const Items = z.array(ItemRef).min(1).max(MAX_ITEMS);

export const AliasInput = ItemRef.extend({ name: z.string().trim().min(1).max(200).nullable() });
export type AliasInput = z.infer<typeof AliasInput>;

export const TagKey = z.string().trim().min(1).max(MAX_TAG_KEY_LENGTH).regex(TAG_KEY);
export const TagText = z.string().trim().min(1).max(200);

/** Gives items a tag on some days, or takes it away (null). */
export const TagInput = z
  .object({ items: Items, key: TagKey, value: TagText.nullable(), ...validity })
  .refine(orderedDays.check, orderedDays.message);
export type TagInput = z.infer<typeof TagInput>;

/** Up to six decimals. */
export const Percent = z
  .string()
  .max(12)
  .regex(/^\d{1,3}(\.\d{1,6})?$/)
  .refine((percent) => compareDecimals(percent, "0") > 0 && compareDecimals(percent, "100") <= 0, {
    message: "above 0, at most 100",
  });

const areDifferent = (ids: readonly string[]) => new Set(ids).size === ids.length;

const FixedRule = z.object({
  method: z.literal("fixed"),
  shares: z
    .array(z.object({ costCenterId: z.uuid(), percent: Percent }))
    .min(1)
    .max(MAX_COST_CENTERS)
    .refine((shares) => areDifferent(shares.map(({ costCenterId }) => costCenterId)), { message: "named twice" })
    .refine((shares) => compareDecimals(sumDecimals(shares.map(({ percent }) => percent)), "100") <= 0, {
      message: "more than 100 percent",
    }),
});

const ProportionalRule = z.object({
  method: z.literal("proportional"),
  /** None: all that there are. */
  costCenterIds: z.array(z.uuid()).max(MAX_COST_CENTERS).refine(areDifferent, { message: "named twice" }),
});

/** Who bears a cost: fixed percentages, or in proportion to what cost centers are charged on the same day otherwise. */
export const Rule = z.discriminatedUnion("method", [FixedRule, ProportionalRule]);
export type Rule = z.infer<typeof Rule>;

/** Says who bears the cost of items on some days, or takes it back (null). */
export const RuleInput = z
  .object({ items: Items, rule: Rule.nullable(), ...validity })
  .refine(orderedDays.check, orderedDays.message);
export type RuleInput = z.infer<typeof RuleInput>;

const CostCenterName = z.string().trim().min(1).max(100);
const CostCenterCode = z.string().trim().min(1).max(50).nullable();

export const CostCenterInput = z.object({ name: CostCenterName, code: CostCenterCode.default(null) });
export type CostCenterInput = z.infer<typeof CostCenterInput>;

export const CostCenterRef = z.object({ costCenterId: z.uuid() });

export const CostCenterChange = CostCenterRef.extend({ name: CostCenterName, code: CostCenterCode });
export type CostCenterChange = z.infer<typeof CostCenterChange>;

const MarkupPercent = z
  .string()
  .max(12)
  .regex(/^-?\d{1,4}(\.\d{1,6})?$/)
  .refine((percent) => compareDecimals(percent, "-100") >= 0 && compareDecimals(percent, "1000") <= 0, {
    message: "from -100 to 1000",
  });

/** A markup, or below zero a discount, on what a cost center is shown. */
export const MarkupInput = CostCenterRef.extend({ percent: MarkupPercent, ...validity }).refine(
  orderedDays.check,
  orderedDays.message,
);
export type MarkupInput = z.infer<typeof MarkupInput>;

/** A CSV file of assignments; a dry run says what it would do. */
export const UploadInput = z.object({ text: z.string().max(MAX_UPLOAD_CHARACTERS), isDryRun: z.boolean() });
export type UploadInput = z.infer<typeof UploadInput>;

/** `text` is what stands there, or what it is about. */
export type UploadProblem = { line: number; code: (typeof uploadProblems)[number]; text?: string };

export type UploadReport = {
  /** False of a dry run, and where there are problems: then nothing was done. */
  isDone: boolean;
  rowCount: number;
  itemCount: number;
  /** The first of those that can be meant. */
  rows: (ItemRef & {
    line: number;
    name: string | null;
    /** Null for cost centers. */
    tagKey: string | null;
    /** Null takes away what there was. */
    value: string | null;
    from: string;
    /** Percent that a cost center bears. */
    share: string | null;
  })[];
  problemCount: number;
  /** The first, by line. */
  problems: UploadProblem[];
};

export const ItemsInput = z.object({ kind: z.enum(itemKinds) });

export type Dated<T> = { from: string; value: T | null };

export type CostCenter = {
  id: string;
  name: string;
  code: string | null;
  /** By day, in percent; before the first one 0. */
  markups: { from: string; percent: string }[];
  /** Whether a rule names it, be it one of the past: then it cannot be removed. */
  isUsed: boolean;
};

/** A tag or rule that holds, and on account of what: the item itself, or what it belongs to. */
export type Effective<T> = { value: T; source: ItemKind };

export type ItemAllocation = {
  member: Member;
  tags: { key: string; timeline: Dated<string>[] }[];
  rules: Dated<Rule>[];
  /** Today, by precedence: key, its owner, its project. */
  effective: { tags: { key: string; value: string; source: ItemKind }[]; rule: Effective<Rule> | null };
};

/** An item with what holds for it itself today. */
export type AssignedItem = Member & { tags: { key: string; value: string }[]; rule: Rule | null };
