import { beforeAll, describe, expect, it } from "vitest";
import { listAnomalies } from "@/server/anomalies/list-anomalies";
import { getForecast } from "@/server/forecasts/get-forecast";
import { addUtcDays, parseUtcDay, utcDaysBetween } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { costDimensions } from "@/server/usage/dimensions";

const database = useTestDatabase();
const TODAY = "2026-05-18";
const FIRST = addUtcDays(TODAY, -110);
const range = { from: addUtcDays(TODAY, -29), to: addUtcDays(TODAY, 1) };
const NOW = new Date(`${TODAY}T12:00:00Z`);
const wild = [addUtcDays(TODAY, -12), addUtcDays(TODAY, -11)];

let org: TestOrg;
let quiet: TestOrg;
let halted: TestOrg;
const stop = addUtcDays(TODAY, -4);

type Spend = (day: string) => number;
const weekday: Spend = (day) => (parseUtcDay(day).getUTCDay() % 6 === 0 ? 10 : 40);

/** Sums by day of keys, each in a project of its own with a model of its own; all days until noon of the last are known. */
async function fill(of: TestOrg, keys: Record<string, Spend>) {
  const connectionId = await makeConnection(of);
  const { rows } = await database.owner.query(
    `insert into streams (org_id, connection_id, name, grouping, coverage, synced_through)
     values ($1, $2, 'costs.project', '{}', tstzmultirange(tstzrange($3, $4)), $5) returning id`,
    [of.id, connectionId, `${FIRST}T00:00:00Z`, `${TODAY}T00:00:00Z`, NOW.toISOString()],
  );
  const cells = utcDaysBetween(FIRST, addUtcDays(TODAY, 1)).flatMap((day) => {
    const spent = Object.entries(keys).map(([name, spend]) => [name, spend(day)] as const);
    const all = spent.reduce((sum, [, amount]) => sum + amount, 0);
    return [
      { dimension: costDimensions.total, day, key: "", amount: all },
      ...spent.flatMap(([name, amount]) =>
        (["api_key", "project", "model"] as const).map((dimension) => ({
          dimension: costDimensions[dimension],
          day,
          key: `${dimension}_${name}`,
          amount,
        })),
      ),
    ];
  });
  await database.owner.query(
    `insert into cost_daily (org_id, dimension, day, key, stream_id, amount)
     select $1, c.dimension, c.day, c.key, $2, c.amount
     from jsonb_to_recordset($3::jsonb) as c (dimension smallint, day date, key text, amount numeric)`,
    [of.id, rows[0].id, JSON.stringify(cells)],
  );
}

beforeAll(async () => {
  org = await makeOrg("Busy");
  quiet = await makeOrg("Quiet");
  const half: Spend = (day) => weekday(day) / (day === TODAY ? 2 : 1);
  await fill(org, { steady: half, wild: (day) => (wild.includes(day) ? 900 : half(day)) });
  await fill(quiet, { steady: half });
  halted = await makeOrg("Halted");
  await fill(halted, { steady: half, gone: (day) => (day < stop ? weekday(day) / 2 : 0) });
});

const listOf = (of: TestOrg) =>
  of.access.inScope((scope) => listAnomalies(scope, { range }, NOW), { isSnapshot: true });

describe("anomalies", () => {
  it("are seen where two connections have half of them each", async () => {
    const halves = await makeOrg("Halves");
    const half: Spend = (day) => (wild.includes(day) ? 0.6 : 0.05);
    for (let connection = 0; connection < 2; connection++) await fill(halves, { wild: half });
    const { anomalies } = await listOf(halves);
    expect(anomalies.map(({ key, amount }) => [key, amount])).toEqual([["api_key_wild", "2.4"]]);
  });

  it("name the key, its project and its model once, with what is over the expected", async () => {
    const { anomalies, historyDays } = await listOf(org);
    expect(anomalies).toHaveLength(1);
    expect(anomalies[0]).toMatchObject({
      direction: "rise",
      dimension: "api_key",
      key: "api_key_wild",
      day: wild[0],
      range: { from: wild[0], to: addUtcDays(wild[1] ?? "", 1) },
      amount: "1800",
      expected: "80",
      excess: "1720",
      isOngoing: false,
      dismissal: null,
    });
    expect(anomalies[0]?.causes.map(({ label, excess }) => [label.key, excess])).toEqual([
      ["api_key_wild", "1720"],
      ["project_wild", "1720"],
      ["model_wild", "1720"],
    ]);
    expect(historyDays).toBe(100);
  });

  it("are falls, too: a project that stopped, with the day and what it was to cost", async () => {
    const { anomalies } = await listOf(halted);
    expect(anomalies).toHaveLength(1);
    expect(anomalies[0]).toMatchObject({
      direction: "fall",
      dimension: "project",
      key: "project_gone",
      range: { from: stop, to: TODAY },
      amount: "0",
      isOngoing: true,
      stoppedOn: stop,
    });
    expect(anomalies[0]?.excess).toBe(`-${anomalies[0]?.expected}`);
    const before = { from: range.from, to: addUtcDays(stop, 3) };
    const [asked] = (await halted.access.inScope((scope) => listAnomalies(scope, { range: before }, NOW))).anomalies;
    expect(asked).toMatchObject({ direction: "fall", stoppedOn: null, isOngoing: false });
  });

  it("of a quiet organization are none", async () => expect((await listOf(quiet)).anomalies).toEqual([]));

  it("of days before the range are not listed", async () => {
    const later = { from: addUtcDays(TODAY, -3), to: addUtcDays(TODAY, 1) };
    const { anomalies } = await org.access.inScope((scope) => listAnomalies(scope, { range: later }, NOW));
    expect(anomalies).toEqual([]);
  });
});

describe("a dismissal", () => {
  const ref = () => ({ org: org.slug, dimension: "api_key" as const, key: "api_key_wild", day: wild[1] ?? "" });

  it("is kept with its reason, audited, and can be taken back", async () => {
    const owner = callAs(org.owner);
    await owner.anomalies.dismiss({ ...ref(), reason: "load test" });
    await owner.anomalies.dismiss({ ...ref(), reason: "the spring load test" });
    const [found] = (await listOf(org)).anomalies;
    expect(found?.dismissal).toMatchObject({ reason: "the spring load test", by: org.owner.name, day: wild[1] });
    await owner.anomalies.restore(ref());
    expect((await listOf(org)).anomalies[0]?.dismissal).toBeNull();
    await expect(owner.anomalies.restore(ref())).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { rows } = await database.owner.query(
      "select action, target_id from audit_events where org_id = $1 and action like 'anomaly.%' order by seq",
      [org.id],
    );
    expect(rows.map(({ action, target_id }) => `${action} ${target_id}`)).toEqual([
      "anomaly.dismiss api_key_wild",
      "anomaly.dismiss api_key_wild",
      "anomaly.restore api_key_wild",
    ]);
  });

  it("is not for readers", async () => {
    const reader = callAs(await makeMember(org, "reader"));
    await expect(reader.anomalies.dismiss({ ...ref(), reason: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a forecast", () => {
  const forecastOf = (of: TestOrg, input: object = {}) =>
    of.access.inScope((scope) =>
      getForecast(scope, { period: "month", zone: "utc", filters: [], tag: null, ...input }, NOW),
    );

  it("adds what such days usually cost to what is known, today as far as it is over", async () => {
    const result = await forecastOf(quiet);
    const spent = (days: string[]) => days.reduce((sum, day) => sum + weekday(day), 0);
    const month = spent(utcDaysBetween("2026-05-01", "2026-06-01"));
    expect(result).toMatchObject({
      range: { from: "2026-05-01", to: "2026-06-01" },
      today: TODAY,
      quality: "enough",
      historyDays: 56,
      gapDays: 0,
      soFar: String(spent(utcDaysBetween("2026-05-01", TODAY)) + weekday(TODAY) / 2),
      expected: String(month),
      low: String(month),
      high: String(month),
      previousTotal: String(spent(utcDaysBetween("2026-04-01", "2026-05-01"))),
    });
  });

  it("of one project is its own", async () => {
    const filters = [{ dimension: "project" as const, op: "in" as const, values: ["project_steady"] }];
    expect((await forecastOf(org, { filters })).expected).toBe((await forecastOf(quiet)).expected);
  });

  it("of a quarter has all its days", async () => {
    const { range: quarter, days } = await forecastOf(quiet, { period: "quarter" });
    expect(quarter).toEqual({ from: "2026-04-01", to: "2026-07-01" });
    expect(days).toHaveLength(91);
  });

  it("where nothing was ever fetched expects nothing", async () => {
    const { quality, soFar, expected } = await forecastOf(await makeOrg("Empty"));
    expect({ quality, soFar, expected }).toEqual({ quality: "none", soFar: null, expected: null });
  });
});
