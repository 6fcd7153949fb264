/**
 * Numbers of the roll-ups' dimensions. They are stored: never renumber, only add.
 * key2 is set for pairs alone; total has the empty key.
 */
export const costDimensions = {
  total: 0,
  project: 1,
  user: 2,
  api_key: 3,
  model: 4,
  line_item: 5,
  /** What the list by user adds up to, which may be less than the total. */
  user_total: 6,
} as const;

export const usageDimensions = {
  total: 0,
  project: 1,
  user: 2,
  api_key: 3,
  model: 4,
  project_model: 5,
  user_model: 6,
  api_key_model: 7,
} as const;

/** The dimensions of usage that are summed over more than days too; the others are only read for one member at a time. */
export const spannedUsageDimensions = ["total", "project", "user", "api_key", "model"] as const;

/** Money by user comes from its own list; every other cut from the finest list there is. */
export const costStreams = {
  "costs.project": ["total", "project", "api_key", "model", "line_item"],
  "costs.user": ["user", "user_total"],
} as const;

export type CostStreamName = keyof typeof costStreams;

/**
 * A list that imported files alone have: what the lines of the list by user move away from "no line item" on days for which
 * the totals' list, a file, tells no line items. It adds up to zero.
 */
export const LINE_ITEM_STREAM = "costs.line_item";

/** What the roll-ups of costs are made of: each list, and the dimensions that come from it. */
export const rolledUp: Record<string, readonly (keyof typeof costDimensions)[]> = {
  ...costStreams,
  [LINE_ITEM_STREAM]: ["model", "line_item"],
};
