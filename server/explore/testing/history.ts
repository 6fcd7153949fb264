import type pg from "pg";
import { withTenantConnection } from "@/server/db/tenant";
import { addUtcDays, MS_PER_HOUR, parseUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { BucketWidth } from "@/server/openai/streams";
import { makeConnection, type TestOrg } from "@/server/testing/factories";
import { measureColumns } from "@/server/usage/measures";
import { type CostFacts, modelOfLineItem, type UsageFacts } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import type { DayRange } from "@/server/usage/schema";
import { type SeriesDimensions, SeriesTable, type StreamRef } from "@/server/usage/series";

// A made-up history, and every row of it as it was given: what answers are compared with, added up one by one.

export type GivenFact = Omit<SeriesDimensions, "quantityUnit" | "more"> & {
  connectionId: string;
  stream: string;
  /** The UTC instant of the bucket. */
  at: Date;
  /** Money in units of a billionth of a dollar, counts as they are. */
  measures: Record<string, bigint>;
};

export type History = { connectionIds: string[]; facts: GivenFact[]; range: DayRange };

export const none: SeriesDimensions = {
  projectId: null,
  userId: null,
  apiKeyId: null,
  model: null,
  lineItem: null,
  batch: null,
  serviceTier: null,
  currency: null,
  quantityUnit: null,
  more: [],
};

/** Decimal text of billionths. */
export function usd(billionths: bigint): string {
  const digits = String(billionths < 0n ? -billionths : billionths).padStart(10, "0");
  return `${billionths < 0n ? "-" : ""}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** The same numbers at every run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

const projects = ["proj_a", "proj_b", "proj_c", null];
const users = ["user-1", "user-2", null];
const models = ["astra-2026-01-02", "astra-2026-05-06", "luna", "ft:luna-0613:acme::x1"];
const billed = ["input", "cached input", "output"];

type Given = { series: SeriesDimensions; at: number; amount: bigint; counts: Record<string, bigint> };

/** Two connections with costs by project and by user and usage of three endpoints. */
export async function makeHistory(org: TestOrg, owner: pg.Pool, range: DayRange): Promise<History> {
  const history: History = { connectionIds: [], facts: [], range };
  for (const seed of [1, 2]) {
    const connectionId = await makeConnection(org);
    history.connectionIds.push(connectionId);
    const random = numbers(seed);
    const days = utcDaysBetween(range.from, range.to);
    const lists: [string, BucketWidth, Given[]][] = [
      ["costs.project", "1d", days.flatMap((day) => projectCosts(day, random))],
      ["costs.user", "1d", days.flatMap((day) => userCosts(day, random))],
      ["usage.completions", "1h", days.flatMap((day) => completions(day, random))],
      ["usage.images", "1h", days.flatMap((day) => images(day, random))],
      ["usage.embeddings", "1d", days.flatMap((day) => embeddings(day, random))],
    ];
    for (const [name, width, given] of lists) {
      const stream = await addStream(owner, org, { connectionId, name });
      await store(org, { stream, width, range }, given);
      history.facts.push(...given.map((fact) => toGiven(fact, stream)));
    }
  }
  return history;
}

export async function addStream(owner: pg.Pool, org: TestOrg, of: { connectionId: string; name: string }) {
  const { rows } = await owner.query(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, $3, '{}') returning id",
    [org.id, of.connectionId, of.name],
  );
  return { id: rows[0].id as number, ...of };
}

const toGiven = ({ series, at, amount, counts }: Given, { connectionId, name }: StreamRef): GivenFact => ({
  ...series,
  connectionId,
  stream: name,
  at: new Date(at),
  measures: { cost: amount, ...counts },
});

const midnight = (day: UtcDay) => parseUtcDay(day).getTime();

const pick = <T>(list: readonly T[], random: (below: number) => number) => list[random(list.length)] as T;

function costOf(day: UtcDay, random: (below: number) => number, who: Partial<SeriesDimensions>): Given {
  const lineItem =
    random(9) === 0 ? pick(["Web searches", null], random) : `${pick(models, random)}, ${pick(billed, random)}`;
  // Now and then a credit, and money that is no dollars.
  const amount = BigInt(random(2_000_000) * 1_000 + random(1_000)) * (random(12) === 0 ? -1n : 1n);
  const currency = random(15) === 0 ? "eur" : "usd";
  const series = { ...none, ...who, lineItem, model: modelOfLineItem(lineItem), currency };
  return { series, at: midnight(day), amount, counts: {} };
}

const projectCosts = (day: UtcDay, random: (below: number) => number) =>
  unique(
    Array.from({ length: 8 }, () => {
      const projectId = pick(projects, random);
      return costOf(day, random, { projectId, apiKeyId: projectId ? pick([`key_${projectId}`, null], random) : null });
    }),
  );

const userCosts = (day: UtcDay, random: (below: number) => number) =>
  unique(Array.from({ length: 4 }, () => costOf(day, random, { userId: pick(users, random) })));

function completions(day: UtcDay, random: (below: number) => number): Given[] {
  return unique(
    Array.from({ length: 12 }, () => {
      const projectId = pick(projects, random);
      const input = BigInt(random(90_000));
      const cached = input / 3n;
      return {
        series: {
          ...none,
          projectId,
          userId: pick(users, random),
          apiKeyId: projectId && `key_${projectId}`,
          model: pick(models, random),
          batch: pick([true, false, null], random),
          serviceTier: pick(["default", "priority", null], random),
        },
        at: midnight(day) + random(24) * MS_PER_HOUR,
        amount: 0n,
        counts: {
          requests: BigInt(1 + random(50)),
          input_tokens: input,
          input_cached_tokens: cached,
          input_uncached_tokens: input - cached,
          output_tokens: BigInt(random(5_000)),
        },
      };
    }),
  );
}

const images = (day: UtcDay, random: (below: number) => number): Given[] => [
  {
    series: { ...none, projectId: pick(projects, random), model: "canvas" },
    at: midnight(day) + random(24) * MS_PER_HOUR,
    amount: 0n,
    counts: { requests: BigInt(1 + random(9)), images: BigInt(1 + random(20)) },
  },
];

const embeddings = (day: UtcDay, random: (below: number) => number): Given[] => [
  {
    series: { ...none, projectId: pick(projects, random), model: "embed" },
    at: midnight(day),
    amount: 0n,
    counts: { requests: BigInt(1 + random(9)), input_tokens: BigInt(random(10_000)) },
  },
];

/** One fact per series and bucket, as a list holds them. */
function unique(given: Given[]): Given[] {
  return [...new Map(given.map((fact) => [JSON.stringify([fact.series, fact.at]), fact])).values()];
}

type Into = { stream: StreamRef; width: BucketWidth; range: DayRange };

export async function store(org: TestOrg, { stream, width, range }: Into, given: readonly Given[]) {
  const series = new SeriesTable();
  const isCost = stream.name.startsWith("costs.");
  const costRows: CostFacts["rows"] = [];
  const usageRows: UsageFacts["rows"] = [];
  for (const fact of given) {
    const common = { bucketStart: fact.at, series: series.numberOf(fact.series) };
    if (isCost) costRows.push({ ...common, amount: usd(fact.amount), quantity: null });
    else
      usageRows.push({
        ...common,
        measures: measureColumns.map((column) => toNumber(fact.counts[column])),
        quantity: toNumber(fact.counts.images),
        more: null,
      });
  }
  const window = {
    stream,
    width,
    start: parseUtcDay(range.from),
    end: parseUtcDay(range.to),
    fetchedAt: parseUtcDay(addUtcDays(range.to, 1)),
  };
  const facts: CostFacts | UsageFacts = isCost
    ? { kind: "costs", series, rows: costRows }
    : { kind: "usage", series, rows: usageRows };
  await withTenantConnection(org.id, (client) => replaceWindow(client, org.id, window, facts));
}

const toNumber = (count: bigint | undefined) => (count === undefined ? null : Number(count));
