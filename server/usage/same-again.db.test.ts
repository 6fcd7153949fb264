import { beforeEach, describe, expect, it } from "vitest";
import { type TenantConnection, withTenantConnection } from "@/server/db/tenant";
import { MS_PER_DAY, MS_PER_HOUR, parseUtcDay } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { measureColumns } from "@/server/usage/measures";
import { noDimensions, type UsageFacts } from "@/server/usage/normalise";
import { rebuildRollups } from "@/server/usage/rebuild-rollups";
import { replaceWindow } from "@/server/usage/replace-window";
import { SeriesTable, type StreamRef } from "@/server/usage/series";

// Days that are given as they were stored last are recognized, not compared. Facts that are tampered with behind the
// product's back show which of the two happened.

const database = useTestDatabase();
const FIRST = parseUtcDay("2026-10-08").getTime();
const DAYS = 3;
const END = FIRST + DAYS * MS_PER_DAY;
let org: TestOrg;
let stream: StreamRef;

beforeEach(async () => {
  org = await makeOrg();
  const connectionId = await makeConnection(org);
  const { rows } = await database.owner.query(
    "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, 'usage.completions', '{}') returning id",
    [org.id, connectionId],
  );
  stream = { id: rows[0].id, connectionId, name: "usage.completions" };
});

/** Two series in two hours of each day from the first to the last but `idle`. */
function history(requests = 1, { idle = Number.NaN } = {}): UsageFacts {
  const series = new SeriesTable();
  const numbers = ["a", "b"].map((model) => series.numberOf({ ...noDimensions, model }));
  const measures = measureColumns.map(() => requests);
  const days = Array.from({ length: DAYS }, (_, i) => FIRST + i * MS_PER_DAY).filter((_, i) => i !== idle);
  const rows = days.flatMap((day) =>
    [3, 20].flatMap((hour) =>
      numbers.map((number) => ({
        bucketStart: day + hour * MS_PER_HOUR,
        series: number,
        measures,
        quantity: null,
        more: null,
      })),
    ),
  );
  return { kind: "usage", series, rows };
}

/** The facts with one more request in the first hour of a day. */
function changedOn(day: number, facts = history()): UsageFacts {
  const at = facts.rows.findIndex(({ bucketStart }) => bucketStart >= FIRST + day * MS_PER_DAY);
  return {
    ...facts,
    rows: facts.rows.map((row, i) => (i === at ? { ...row, measures: row.measures.with(0, 2) } : row)),
  };
}

type Asked = { start?: number; end?: number; meanwhile?: (client: TenantConnection) => Promise<unknown> };

const store = (facts: UsageFacts, { start = FIRST, end = END, meanwhile }: Asked = {}) =>
  withTenantConnection(org.id, (client) => {
    const window = {
      stream,
      width: "1h",
      start: new Date(start),
      end: new Date(end),
      fetchedAt: new Date(END),
    } as const;
    const rows = facts.rows.filter(({ bucketStart }) => bucketStart >= start && bucketStart < end);
    const assertHeld = async () => void (await meanwhile?.(client));
    return replaceWindow(client, org.id, { ...window, assertHeld }, { ...facts, rows });
  });

const tamper = (day: number) =>
  database.owner.query(
    "update usage_facts set requests = 77 where org_id = $1 and bucket_start >= $2 and bucket_start < $3",
    [org.id, new Date(FIRST + day * MS_PER_DAY), new Date(FIRST + (day + 1) * MS_PER_DAY)],
  );

const digests = async () =>
  (await database.owner.query("select count(*)::int as n from day_digests where org_id = $1", [org.id])).rows[0].n;

const requestsByDay = async () =>
  (
    await database.owner.query(
      "select requests::int from usage_daily where org_id = $1 and dimension = 0 order by day",
      [org.id],
    )
  ).rows.map(({ requests }) => requests);

const nothing = { rowsWritten: 0, rowsChanged: 0, rowsRemoved: 0 };

describe("days that are given as they were stored", () => {
  it("are not compared, in whatever order their rows come", async () => {
    await store(history());
    await tamper(1);
    const again = history();
    const swapped = again.rows.map((_, i) => again.rows[i % 2 === 0 ? i + 1 : i - 1] ?? again.rows[i]);
    expect(await store({ ...again, rows: swapped.flatMap((row) => row ?? []) })).toEqual({ rowsSeen: 12, ...nothing });
  });

  it("are told from those between which something changed, or went", async () => {
    await store(history());
    await tamper(0);
    expect(await store(changedOn(1))).toEqual({ rowsSeen: 12, rowsWritten: 1, rowsChanged: 1, rowsRemoved: 0 });
    expect(await requestsByDay()).toEqual([4, 5, 4]);
    expect(await store(history(1, { idle: 2 }))).toMatchObject({ rowsChanged: 1, rowsRemoved: 4 });
    expect(await requestsByDay()).toEqual([4, 4]);
  });

  it("include idle ones", async () => {
    await store(history(1, { idle: 1 }));
    await tamper(0);
    expect(await store(history(1, { idle: 1 }))).toEqual({ rowsSeen: 8, ...nothing });
  });

  it("are compared once where they were stored by an earlier version", async () => {
    await store(history());
    await database.owner.query("delete from day_digests where org_id = $1", [org.id]);
    expect(await store(history())).toEqual({ rowsSeen: 12, ...nothing });
    expect(await digests()).toBe(DAYS);
    await database.owner.query("delete from day_digests where org_id = $1", [org.id]);
    await tamper(1);
    expect(await store(history())).toMatchObject({ rowsChanged: 4 });
  });
});

describe("what a day was given as is forgotten", () => {
  it("when a part of it is given otherwise", async () => {
    await store(history());
    const noon = FIRST + MS_PER_DAY / 2;
    await store(history(5), { end: noon });
    expect(await digests()).toBe(DAYS - 1);
    expect(await store(history())).toMatchObject({ rowsChanged: 2 });
    expect(await requestsByDay()).toEqual([4, 4, 4]);
  });

  it("when its roll-ups are made anew", async () => {
    await store(history());
    await tamper(1);
    await rebuildRollups(org.access);
    expect(await digests()).toBe(0);
    expect(await store(history())).toMatchObject({ rowsChanged: 4 });
    expect(await requestsByDay()).toEqual([4, 4, 4]);
  });
});

it("a window that was new until it was its turn is compared as a whole", async () => {
  await store({ ...history(), rows: [] });
  await store(history(), { end: FIRST + MS_PER_DAY });
  const start = FIRST + MS_PER_DAY;
  const meanwhile = (client: TenantConnection) =>
    client.query(
      `insert into usage_facts (org_id, stream_id, bucket_start, series_id, requests)
       select org_id, stream_id, bucket_start + interval '1 day', series_id, 9 from usage_facts where org_id = $1 limit 1`,
      [org.id],
    );
  expect(await store(history(), { start, meanwhile })).toEqual({
    rowsSeen: 8,
    rowsWritten: 8,
    rowsChanged: 1,
    rowsRemoved: 0,
  });
  expect(await requestsByDay()).toEqual([4, 4, 4]);
});
