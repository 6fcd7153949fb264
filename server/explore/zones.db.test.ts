import { beforeAll, describe, expect, it } from "vitest";
import { explore } from "@/server/explore/explore";
import { ExploreQuery, type ExploreResult } from "@/server/explore/schema";
import { type GivenFact, type History, makeHistory, usd } from "@/server/explore/testing/history";
import { accessAsSystem } from "@/server/auth/scope";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { addUtcDays, MS_PER_HOUR, toUtcDay } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import type { DayRange } from "@/server/usage/schema";

// Days of other zones: nothing is lost or counted twice, on days of 23 and 25 hours neither.

const database = useTestDatabase();
/** Clocks change in it: March 8 in America, March 29 in Europe, April 5 on Lord Howe (by half an hour). */
const HISTORY: DayRange = { from: "2026-02-25", to: "2026-04-12" };
const NOW = new Date("2026-06-01T12:00:00Z");
const zones = [
  "Asia/Seoul",
  "Asia/Kolkata",
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "Pacific/Pago_Pago",
];

let org: TestOrg;
let history: History;

beforeAll(async () => {
  org = await makeOrg();
  history = await makeHistory(org, database.owner, HISTORY);
});

async function ask(timezone: string, question: Partial<ExploreQuery>): Promise<ExploreResult> {
  await database.owner.query("update orgs set timezone = $1 where id = $2", [timezone, org.id]);
  const access = await accessAsSystem({ id: org.id }, { type: "operator" });
  const query = ExploreQuery.parse({ measure: "cost", granularity: "day", range: HISTORY, zone: "org", ...question });
  return access.inScope((scope) => explore(scope, query, NOW), { isSnapshot: true });
}

const sum = (values: readonly (string | null)[]) => sumDecimals(values.map((value) => value ?? "0"));

/** So much around the history that its days in any zone are in it. */
const around: DayRange = { from: addUtcDays(HISTORY.from, -1), to: addUtcDays(HISTORY.to, 1) };

const billed = (stream = "costs.project") =>
  plainDecimal(
    usd(
      history.facts
        .filter((fact) => fact.stream === stream && fact.currency === "usd")
        .reduce((total, { measures }) => total + (measures.cost ?? 0n), 0n),
    ),
  );

describe.each(zones)("in %s", (timezone) => {
  it("all days together are all that was billed, whatever the groups", async () => {
    for (const groupBy of [["project"], ["user"], ["model", "token_type"]] as const) {
      const { totals, groups } = await ask(timezone, { range: around, groupBy: [...groupBy] });
      expect(totals.value).toBe(billed());
      expect(sum(totals.values)).toBe(billed());
      expect(sum(groups.map(({ total }) => total))).toBe(billed());
    }
  });

  it("hours add up to days, days to weeks and months, and all to the range, to the last digit", async () => {
    for (const range of [
      { from: "2026-03-07", to: "2026-03-10" },
      { from: "2026-03-28", to: "2026-04-07" },
    ]) {
      const asked = { range, groupBy: ["project" as const] };
      const byDay = await ask(timezone, asked);
      for (const granularity of ["hour", "week", "month", "quarter"] as const) {
        const answer = await ask(timezone, { ...asked, granularity });
        expect(answer.totals.value).toBe(byDay.totals.value);
        expect(answer.groups.map(({ total }) => total)).toEqual(byDay.groups.map(({ total }) => total));
        expect(sum(answer.totals.values)).toBe(answer.totals.value);
      }
    }
  });

  it("two ranges that meet add up to the one that holds both", async () => {
    const [a, b, whole] = await Promise.all([
      ask(timezone, { range: { from: "2026-03-05", to: "2026-03-08" } }),
      ask(timezone, { range: { from: "2026-03-08", to: "2026-04-01" } }),
      ask(timezone, { range: { from: "2026-03-05", to: "2026-04-01" } }),
    ]);
    expect(sum([a.totals.value, b.totals.value])).toBe(whole.totals.value);
  });

  it("usage by hour is in the day in which its hour begins", async () => {
    const { totals, buckets } = await ask(timezone, {
      measure: "output_tokens",
      range: { from: "2026-03-07", to: "2026-04-06" },
    });
    const expected = buckets.map(({ start }) =>
      String(
        history.facts
          .filter(({ at, measures }) => measures.output_tokens !== undefined && localDay(at, timezone) === start)
          .reduce((total, { measures }) => total + (measures.output_tokens ?? 0n), 0n),
      ),
    );
    expect(totals.values).toEqual(expected);
    const asked = { measure: "output_tokens", range: { from: "2026-03-07", to: "2026-03-31" } } as const;
    expect(daysOf(await ask(timezone, { ...asked, granularity: "hour" }))).toEqual(
      (await ask(timezone, asked)).totals.values,
    );
  });
});

/** Sums of an answer by hour for each day. */
function daysOf({ buckets, totals }: ExploreResult): string[] {
  const days = Map.groupBy(buckets.keys(), (place) => buckets[place]?.start.slice(0, 10));
  return [...days.values()].map((places) => sum(places.map((place) => totals.values[place] ?? null)));
}

const localDay = (at: Date, timeZone: string) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);

describe("how money is divided", () => {
  /** The same by the words of the method, amount by amount and hour by hour. */
  function divided(timezone: string): Map<string, bigint> {
    const usage = history.facts.filter(({ stream, measures }) => stream !== "usage.embeddings" && measures.requests);
    const days = new Map<string, bigint>();
    const add = (day: string, part: bigint) => days.set(day, (days.get(day) ?? 0n) + part);
    for (const cost of history.facts.filter(
      ({ stream, currency }) => stream === "costs.project" && currency === "usd",
    )) {
      const near = nearest(cost, usage);
      const total = near.reduce((all, { measures }) => all + (measures.requests ?? 0n), 0n);
      if (total === 0n) {
        add(toUtcDay(cost.at), cost.measures.cost ?? 0n);
        continue;
      }
      const amount = cost.measures.cost ?? 0n;
      // It is cut to the digits that it needs, to six at least: what the last one is worth, in billionths.
      const unit = [1000n, 100n, 10n, 1n].find((each) => amount % each === 0n) ?? 1n;
      let before = 0n;
      let given = 0n;
      for (let hour = 0; hour < 24; hour += 1) {
        const at = new Date(cost.at.getTime() + hour * MS_PER_HOUR);
        for (const fact of near) if (fact.at.getTime() === at.getTime()) before += fact.measures.requests ?? 0n;
        const upToHere = (((amount / unit) * before) / total) * unit;
        add(localDay(at, timezone), upToHere - given);
        given = upToHere;
      }
    }
    return days;
  }

  function nearest(cost: GivenFact, usage: readonly GivenFact[]): GivenFact[] {
    const sameDay = usage.filter(
      (fact) =>
        fact.connectionId === cost.connectionId &&
        toUtcDay(fact.at) === toUtcDay(cost.at) &&
        fact.projectId === cost.projectId,
    );
    const sameModel = sameDay.filter(({ model }) => model === cost.model);
    const sameKey = sameModel.filter(({ apiKeyId }) => apiKeyId === cost.apiKeyId);
    return sameKey.length > 0 ? sameKey : sameModel.length > 0 ? sameModel : sameDay;
  }

  it.each(["Asia/Seoul", "America/New_York"])("is by the requests of the same hours: %s", async (timezone) => {
    const { totals, buckets, undivided } = await ask(timezone, { range: around });
    const expected = divided(timezone);
    expect(totals.values.map((value) => value ?? "0")).toEqual(
      buckets.map(({ start }) => plainDecimal(usd(expected.get(start) ?? 0n))),
    );
    expect(Number(undivided)).not.toBe(0);
    expect(Number(undivided)).toBeLessThan(Number(totals.value));
  });

  it("and UTC days are not touched by it", async () => {
    const { totals, undivided, timezone } = await ask("Asia/Seoul", { zone: "utc" });
    expect({ total: totals.value, undivided, timezone }).toEqual({ total: billed(), undivided: null, timezone: "UTC" });
  });

  it("a day of 25 hours has 25, one of 23 has 23", async () => {
    const hours = async (day: string) =>
      (await ask("America/New_York", { granularity: "hour", range: { from: day, to: addUtcDays(day, 1) } })).buckets;
    expect(await hours("2026-03-08")).toHaveLength(23);
    const long = await hours("2025-11-02");
    expect(long).toHaveLength(25);
    expect(long.slice(1, 3).map(({ start }) => start)).toEqual([
      "2025-11-02T01:00:00-04:00",
      "2025-11-02T01:00:00-05:00",
    ]);
  });

  it("fifty days are answered by the hour, also with one of 25, and beside a period that is longer", async () => {
    const byHour = { measure: "requests", granularity: "hour", compare: "previous_month" } as const;
    const autumn = await ask("America/New_York", { ...byHour, range: { from: "2025-09-20", to: "2025-11-09" } });
    expect(autumn.buckets).toHaveLength(50 * 24 + 1);
    const spring = await ask("America/New_York", { ...byHour, range: { from: "2026-02-09", to: "2026-03-31" } });
    expect(spring.previousRange).toEqual({ from: "2026-01-09", to: "2026-03-01" });
  });
});
