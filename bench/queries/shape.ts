/** How large an organization is. Every pair of a key and a model it calls is billed by day, and busy some hours a day. */
export type Shape = {
  name: string;
  days: number;
  projects: number;
  users: number;
  keys: number;
  models: number;
  /** Pairs of key and model. */
  pairs: number;
  /** Hours of a day in which a pair is busy. */
  busyHours: number;
};

export const factsOf = ({ days, pairs, busyHours }: Shape) => days * pairs * busyHours;

const DAYS = 365;

/** 7.0 million hourly facts at scale 1: every member is active every day, which is what the pages have to add up. */
export const largeOrg = (scale: number): Shape => ({
  name: "Large",
  days: DAYS,
  projects: Math.ceil(50 * scale),
  users: Math.ceil(400 * scale),
  keys: Math.ceil(1_000 * scale),
  models: 40,
  pairs: Math.ceil(3_200 * scale),
  busyHours: 6,
});

/** 15,330 hourly facts. */
export const smallOrg: Shape = {
  name: "Small",
  days: DAYS,
  projects: 3,
  users: 5,
  keys: 8,
  models: 6,
  pairs: 21,
  busyHours: 2,
};
