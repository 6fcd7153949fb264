import { z } from "zod";
import { locales } from "@/i18n/locales";
import { chargeParts } from "@/server/allocation/constants";
import { FIRST_DAY } from "@/server/lib/time";
import type { DayRange, Freshness, Member } from "@/server/usage/schema";

/** A UTC month, as the provider bills: "2026-10". */
const Month = z
  .string()
  .length(7)
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine((month) => `${month}-01` >= FIRST_DAY, { message: `from ${FIRST_DAY} on` });

export const ChargebackInput = z.object({ month: Month });
export type ChargebackInput = z.infer<typeof ChargebackInput>;

/** A month's report as a file, as it stands in an address. */
export const ChargebackFile = ChargebackInput.extend({
  format: z.enum(["csv", "pdf"]),
  by: z.enum(chargeParts).default("project"),
  /** Of the PDF's words; CSV has names for programs. */
  locale: z.enum(locales).default("en"),
});
export type ChargebackFile = z.infer<typeof ChargebackFile>;

/** US dollars as decimal texts, every digit kept. */
type Amounts = {
  billed: string;
  /** Of the billed amount, parts of costs that several share. */
  shared: string;
  /** What markups add and discounts take off. */
  adjustment: string;
  /** Billed and adjustment together. */
  shown: string;
};

export type ChargebackLine = Amounts & {
  /** Null is what no rule gives to anybody. */
  costCenter: { id: string; name: string; code: string | null } | null;
  /** Of everything billed, -1..1. */
  share: number | null;
  /** Percents in force on some day of the month, in order of days. */
  markups: string[];
  /** Largest first; a project that the provider did not name has the key null. */
  projects: (Amounts & { member: Member })[];
  /** The same money by line of the bill, largest first; null where the provider named none. */
  lineItems: (Amounts & { lineItem: string | null; model: string | null })[];
};

export type Chargeback = {
  month: string;
  range: DayRange;
  /** Whether the month is not over: amounts still move. */
  isOpen: boolean;
  /** Cost centers by name, then what is nobody's. They add up to the totals to the last digit. */
  lines: ChargebackLine[];
  /** Null where no day of the month was fetched. */
  totals: Amounts | null;
  freshness: Freshness;
};
