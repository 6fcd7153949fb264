import { z } from "zod";
import { addDays } from "@/components/lib/date-range";
import { FIRST_DAY } from "@/server/usage/constants";

/** Days as a form has them: the first one, and the last one or nothing for good. */
export const validityFields = {
  from: z.iso.date().refine((day) => day >= FIRST_DAY),
  last: z.union([z.literal(""), z.iso.date()]),
};

export type Validity = { from: string; last: string };

export const isOrdered = ({ from, last }: Validity) => last === "" || from <= last;

/** As the server takes them: the day after the last one. */
export const toRange = ({ from, last }: Validity) => ({ from, to: last === "" ? null : addDays(last, 1) });

/** Costs are kept by UTC day. */
export const utcToday = () => new Date().toISOString().slice(0, 10);
