import { seededRandom } from "@/bench/lib/statistics";
import type { UsageFacts } from "@/server/usage/normalise";
import { type SeriesDimensions, SeriesTable } from "@/server/usage/series";

export const SERIES = 3_250;
export const HOURS = 24;
const KEYS = 1_000;
const USERS = 400;
const PROJECTS = 50;
const MODELS = 40;

/** One day of a large organization: every series in every hour, all token measures set, as the provider sends them. */
export function dayOfFacts(dayStart: number): UsageFacts {
  const series = new SeriesTable();
  for (let number = 0; number < SERIES; number++) series.numberOf(dimensionsOf(number));
  const random = seededRandom(Math.floor(dayStart / 86_400_000));
  const rows: UsageFacts["rows"] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    for (let number = 0; number < SERIES; number++) {
      rows.push({
        bucketStart: dayStart + hour * 3_600_000,
        series: number,
        measures: measures(random),
        quantity: null,
        more: null,
      });
    }
  }
  return { kind: "usage", series, rows };
}

/** The same facts with other figures in a share of the rows. */
export function withChanges(facts: UsageFacts, share: number): UsageFacts {
  const every = Math.round(1 / share);
  const rows = facts.rows.map((row, i) =>
    i % every === 0 ? { ...row, measures: row.measures.map((value) => (value === null ? null : value + 1)) } : row,
  );
  return { ...facts, rows };
}

function dimensionsOf(number: number): SeriesDimensions {
  const key = number % KEYS;
  return {
    projectId: `proj_bench${String(key % PROJECTS).padStart(18, "0")}`,
    userId: `user-bench${String(key % USERS).padStart(18, "0")}`,
    apiKeyId: `key_bench${String(key).padStart(8, "0")}`,
    model: `gpt-bench-${(key * 7 + Math.floor(number / KEYS) * 13) % MODELS}-2026-01-01`,
    lineItem: null,
    batch: number >= 3 * KEYS,
    serviceTier: "default",
    currency: null,
    quantityUnit: null,
    more: [],
  };
}

/** In the order of measureColumns. */
function measures(random: () => number): number[] {
  const input = Math.floor(10 ** (2 + random() * 5));
  const cached = Math.floor(input * random() * 0.6);
  const output = Math.floor(input * random() * 0.4);
  const requests = 1 + Math.floor(input / 2_000);
  const uncached = input - cached;
  return [requests, input, cached, uncached, 0, uncached, 0, 0, cached, 0, 0, output, output, 0, 0];
}
