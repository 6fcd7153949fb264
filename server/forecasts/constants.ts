// What the screen, the command line and the server say alike about forecasts, without the library that checks schemas.

export const forecastPeriods = ["month", "quarter"] as const;
export type ForecastPeriod = (typeof forecastPeriods)[number];

/** With fewer known days there is no forecast at all. */
export const LEAST_DAYS = 3;
/** With fewer there is no band: two weeks are the least that tells what a weekday is. */
export const BAND_DAYS = 14;
/** How much of the past is looked at: eight of each weekday. */
export const HISTORY_DAYS = 56;
