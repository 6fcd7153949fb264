import { beforeEach, describe, expect, it } from "vitest";
import { withTenantConnection } from "@/server/db/tenant";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { measureColumns, type MeasureColumn } from "@/server/usage/measures";
import type { CostFacts, UsageFacts } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import { type SeriesDimensions, SeriesTable, type StreamRef } from "@/server/usage/series";

const database = useTestDatabase();
const DAY = "2026-10-10T00:00:00Z";
let org: TestOrg;
let streams: Record<"costs.project" | "usage.completions", StreamRef>;

const dimensions: SeriesDimensions = {
  projectId: "proj_1",
  userId: null,
  apiKeyId: null,
  model: null,
  lineItem: null,
  batch: null,
  serviceTier: null,
  currency: "usd",
  quantityUnit: null,
  more: [],
};

beforeEach(async () => {
  org = await makeOrg();
  const connectionId = await makeConnection(org);
  const make = async (name: string) => {
    const { rows } = await database.owner.query(
      "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, $3, '{}') returning id",
      [org.id, connectionId, name],
    );
    return { id: rows[0].id, connectionId, name };
  };
  streams = { "costs.project": await make("costs.project"), "usage.completions": await make("usage.completions") };
});

/** Two days, so that one window is never empty. */
async function store(name: keyof typeof streams, facts: CostFacts | UsageFacts, fetchedAt = "2026-10-11T00:10:00Z") {
  const window = {
    stream: streams[name],
    width: "1d",
    start: new Date("2026-10-09T00:00:00Z"),
    end: new Date("2026-10-11T00:00:00Z"),
    fetchedAt: new Date(fetchedAt),
  } as const;
  await withTenantConnection(org.id, (client) => replaceWindow(client, org.id, window, facts));
}

const anchor = { bucketStart: Date.parse("2026-10-09T00:00:00Z"), series: 0 };

type Cost = { amount: string; quantity: string | null };

function costs(cost: Cost | null): CostFacts {
  const series = new SeriesTable();
  series.numberOf(dimensions);
  const rows = [{ ...anchor, amount: "1", quantity: null }];
  return { kind: "costs", series, rows: cost ? [...rows, { bucketStart: Date.parse(DAY), series: 0, ...cost }] : rows };
}

type Usage = Partial<Record<MeasureColumn, number>> & { more?: Record<string, number> };

function usage({ more, ...counts }: Usage): UsageFacts {
  const series = new SeriesTable();
  series.numberOf({ ...dimensions, currency: null });
  const measures = measureColumns.map((column) => counts[column] ?? null);
  const row = { series: 0, measures, quantity: null, more: more ?? null };
  return { kind: "usage", series, rows: [{ ...row, bucketStart: Date.parse(DAY) }] };
}

const recorded = async () =>
  (
    await database.owner.query(
      "select measure, before::text, after::text from restatements where org_id = $1 order by measure",
      [org.id],
    )
  ).rows;

describe("a restatement", () => {
  it("is kept of tokens, though the number of requests is the same", async () => {
    await store("usage.completions", usage({ requests: 3, input_tokens: 7, output_tokens: 10 }));
    await store("usage.completions", usage({ requests: 3, input_tokens: 7, output_tokens: 99 }));
    expect(await recorded()).toEqual([{ measure: "output_tokens", before: "10", after: "99" }]);
  });

  it("is kept of each measure that differs, of one that came, and of one without a column", async () => {
    await store("usage.completions", usage({ requests: 3, input_tokens: 7, more: { num_new: 1, num_same: 5 } }));
    await store(
      "usage.completions",
      usage({ requests: 4, input_tokens: 7, output_tokens: 0, more: { num_new: 2, num_same: 5, num_newer: 8 } }),
    );
    expect(await recorded()).toEqual([
      { measure: "num_new", before: "1", after: "2" },
      { measure: "num_newer", before: null, after: "8" },
      { measure: "output_tokens", before: null, after: "0" },
      { measure: "requests", before: "3", after: "4" },
    ]);
  });

  it("is kept of what was bought, though the amount is the same", async () => {
    await store("costs.project", costs({ amount: "2.5", quantity: "10" }));
    await store("costs.project", costs({ amount: "2.5", quantity: "12.5" }));
    expect(await recorded()).toEqual([{ measure: "quantity", before: "10", after: "12.5" }]);
  });

  it("of a row that came or went says what it held", async () => {
    await store("costs.project", costs(null));
    await store("costs.project", costs({ amount: "2.5", quantity: "0" }));
    await store("costs.project", costs(null));
    expect(await recorded()).toEqual([
      { measure: "amount", before: null, after: "2.5" },
      { measure: "amount", before: "2.5", after: null },
    ]);
  });

  it("is none where nothing differs, and none of a bucket that was open", async () => {
    await store("costs.project", costs({ amount: "2.5", quantity: "1" }), "2026-10-10T12:00:00Z");
    await store("costs.project", costs({ amount: "3.5", quantity: "2" }));
    await store("costs.project", costs({ amount: "3.5", quantity: "2" }));
    expect(await recorded()).toEqual([]);
  });
});
