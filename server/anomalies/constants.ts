// What the screen, the command line and the server say alike about anomalies, without the library that checks schemas.

/** What can stand out, and be found to be the cause: the most telling first. */
export const causeDimensions = ["api_key", "project", "model"] as const;
export type CauseDimension = (typeof causeDimensions)[number];

export const anomalyDimensions = [...causeDimensions, "total"] as const;
export type AnomalyDimension = (typeof anomalyDimensions)[number];

/** Far more than usual, or far less. */
export const anomalyDirections = ["rise", "fall"] as const;
export type AnomalyDirection = (typeof anomalyDirections)[number];

/** How far back a day is compared: so many of its weekday. */
export const BASELINE_WEEKS = 8;
/** With fewer of its weekday, what is usual for something is not known: it is new. */
export const LEAST_WEEKS = 3;
/** Longer ranges are looked through from their end. */
export const MAX_JUDGED_DAYS = 400;

export const MAX_REASON = 500;
