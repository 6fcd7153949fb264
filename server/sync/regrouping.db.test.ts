import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { streamOf, syncOnce } from "@/server/testing/sync";
import { refusal, startTampering, type TamperingProvider } from "@/server/testing/tampering";

// What is grouped less finely than it could be: how it comes about, how it ends, and that no correction is made of it.

const database = useTestDatabase();
const FIRST_DAY = "2026-10-11";

let provider: Provider;
let tampering: TamperingProvider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  tampering = await startTampering(provider.url);
});
afterAll(() => Promise.all([tampering.close(), provider.close()]));
beforeEach(async () => {
  await provider.reset();
  tampering.reset();
  org = await makeOrg();
  connectionId = await makeConnection(org, {
    baseUrl: tampering.url,
    adminKey: "sk-admin-sandbox-acme-readonly",
    backfillDays: 10,
    usageGranularity: "day",
  });
});

const sync = (kind: "recent" | "trailing" | "backfill") => syncOnce(org, { connectionId, kind, now: provider.now });

const costs = async () =>
  (
    await database.owner.query(
      "select grouping, coarse_from as coarse from streams where connection_id = $1 and name = 'costs.project'",
      [connectionId],
    )
  ).rows[0];

const restatements = async () =>
  (await database.owner.query("select count(*)::int as n from restatements where org_id = $1", [org.id])).rows[0].n;

/** Days whose costs are known by key. */
const daysByKey = async () =>
  (
    await database.owner.query(
      "select array_agg(distinct to_char(day, 'DD') order by to_char(day, 'DD')) as days from cost_daily where org_id = $1 and dimension = 3 and key <> ''",
      [org.id],
    )
  ).rows[0].days ?? [];

async function storedByKey() {
  const { rows } = await database.owner.query(
    "select key, trim_scale(sum(amount))::text as amount from cost_daily where org_id = $1 and dimension = 3 group by key having sum(amount) <> 0",
    [org.id],
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.amount]));
}

const tomorrow = () => provider.control("clock", { advanceSeconds: 86_400 });
const refuseKeys = () =>
  tampering.tamper((answer, url) =>
    url.pathname.endsWith("/costs") && url.search.includes("api_key_id") ? refusal(400) : answer,
  );

const FINEST = ["project_id", "line_item", "api_key_id"];
const COARSER = ["project_id", "line_item"];

describe("a grouping that was refused once", () => {
  it("is tried again the next day, and what was coarser meanwhile is fetched again without being a correction", async () => {
    await sync("backfill");
    refuseKeys();
    await sync("trailing");
    expect((await costs()).grouping).toEqual(COARSER);
    expect(await daysByKey()).not.toContain("18");
    expect(await restatements(), "as it became coarser").toBe(0);
    tampering.reset();
    const same = await sync("trailing");
    expect(streamOf(same, "costs.project").calls).toBe(1);
    expect((await costs()).grouping, "not more than once a day").toEqual(COARSER);
    await tomorrow();
    await sync("recent");
    expect((await costs()).grouping).toEqual(FINEST);
    await sync("trailing");
    expect((await costs()).coarse).toBeNull();
    expect(await storedByKey()).toEqual(await provider.costs(FIRST_DAY, "api_key_id"));
    expect(await restatements(), "as it became finer").toBe(0);
  });
});

describe("an organization that gets a finer grouping after weeks", () => {
  it("has all its days fetched again, however far back", async () => {
    refuseKeys();
    await sync("backfill");
    await tomorrow();
    await sync("trailing");
    expect(await daysByKey()).toEqual([]);
    tampering.reset();
    await tomorrow();
    await sync("trailing");
    expect(await daysByKey(), "with the next sync").not.toContain("11");
    await sync("trailing");
    expect(await daysByKey()).toContain("11");
    expect(await storedByKey()).toEqual(await provider.costs(FIRST_DAY, "api_key_id"));
    expect((await costs()).coarse).toBeNull();
    expect(streamOf(await sync("trailing"), "costs.project")).toMatchObject({ calls: 1, rowsWritten: 0 });
    expect(await restatements()).toBe(0);
  });
});

describe("corrections", () => {
  it("are told from another grouping, also where both come at once", async () => {
    await sync("backfill");
    refuseKeys();
    const [project = ""] = Object.keys(await provider.costs(FIRST_DAY, "project_id")).filter((key) => key !== "");
    await provider.control("restate", { day: "2026-10-18", projectId: project, factor: "1.5" });
    await sync("trailing");
    const { rows } = await database.owner.query(
      `select distinct n.project_id as project, to_char(r.bucket_start at time zone 'UTC', 'YYYY-MM-DD') as day
       from restatements r join series n on n.org_id = r.org_id and n.id = r.series_id where r.org_id = $1`,
      [org.id],
    );
    // What an organization is charged beside its projects follows from them.
    expect(rows.filter((row) => row.project !== null)).toEqual([{ project, day: "2026-10-18" }]);
    expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(["2026-10-18"]));
  });

  it("are told from another width of buckets", async () => {
    await sync("backfill");
    await database.owner.query("update connections set usage_granularity = 'hour' where id = $1", [connectionId]);
    await sync("trailing");
    await database.owner.query("update connections set usage_granularity = 'day' where id = $1", [connectionId]);
    await sync("trailing");
    expect(await restatements()).toBe(0);
  });
});
