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

/** 7.0 million hourly facts: every member is active every day, which is what the pages have to add up. */
const large: Shape = {
  name: "large",
  days: DAYS,
  projects: 50,
  users: 400,
  keys: 1_000,
  models: 40,
  pairs: 3_200,
  busyHours: 6,
};

/** 10.0 million hourly facts in 90 days: fewer pairs of key and model for each fact, busy round the clock. */
const dense: Shape = { ...large, name: "dense", days: 90, pairs: 4_650, busyHours: 24 };

/** A tenth of the large one. */
const medium: Shape = { ...large, name: "medium", projects: 5, users: 40, keys: 100, pairs: 320 };

/** 15,330 hourly facts. */
const small: Shape = {
  name: "small",
  days: DAYS,
  projects: 3,
  users: 5,
  keys: 8,
  models: 6,
  pairs: 21,
  busyHours: 2,
};

const several = (shape: Shape, count: number) => Array.from({ length: count }, () => shape);

/** @property id what it is chosen by */
export type Stage = { id: string; name: string; largest: Shape; others: Shape[] };

/** A deployment as it fills: what comes when. */
export const growth: Stage[] = [
  { id: "1m", name: "1 million facts", largest: medium, others: several(small, 20) },
  { id: "10m", name: "10 million facts", largest: large, others: several(small, 180) },
];

/** As many facts in a quarter as the large organization has in more than a year. */
export const denseStage: Stage = {
  id: "dense",
  name: "20 million facts, 10 of them in 90 days",
  largest: dense,
  others: several(small, 30),
};
