/**
 * By whose requests an amount of a UTC day is divided over its hours, the closest first: columns of series that have to be
 * the same. Costs by person are divided by what the person did, others by what was done in their project.
 */
export const closeness = {
  project: [["project_id", "api_key_id", "model"], ["project_id", "model"], ["project_id"]],
  person: [["user_id", "model"], ["user_id"]],
} as const;

/** An amount is cut to the digits that it has itself, and to no fewer than these. */
export const FEWEST_DIGITS = 6;
