import { z } from "zod";

/** A UTC day, as every calendar and the database know it: the syntax alone would let the year 0 through. */
export const Day = z.iso.date().refine((day) => day >= "1970-01-01", { message: "before 1970" });
