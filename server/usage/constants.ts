// Values that pages need without the schemas: those bring the library that checks them, a tenth of a page's JavaScript.
export { FIRST_DAY, MAX_RANGE_DAYS } from "@/server/lib/time";

/** What spend can be broken down by on the screens. */
export const breakdownDimensions = ["project", "user", "api_key", "model"] as const;
