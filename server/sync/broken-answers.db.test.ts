import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { streamOf, syncOnce } from "@/server/testing/sync";
import { changeJson, startTampering, type TamperingProvider } from "@/server/testing/tampering";

// Answers with status 200 that are not what was asked for: they must never change what is stored.

const database = useTestDatabase();
const FIRST_DAY = "2026-10-11";

type Page = { data: { start_time: number }[]; has_more: boolean; next_page: string | null };

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

const sync = (kind: "backfill" | "trailing" = "backfill") => syncOnce(org, { connectionId, kind, now: provider.now });

const storedTotal = async () =>
  (
    await database.owner.query(
      "select coalesce(trim_scale(sum(amount)), 0)::text as total from cost_daily where org_id = $1 and dimension = 0",
      [org.id],
    )
  ).rows[0].total;

const trueTotal = async () => sumDecimals(Object.values(await provider.costs(FIRST_DAY, "project_id")));

const coveredDays = async () =>
  (
    await database.owner.query(
      `select coalesce(sum(extract(epoch from upper(r) - lower(r)) / 86400), 0)::int as days
       from streams s, unnest(s.coverage) r where s.connection_id = $1 and s.name = 'costs.project'`,
      [connectionId],
    )
  ).rows[0].days;

describe("a page of costs", () => {
  it("without buckets erases nothing and covers nothing", async () => {
    await sync();
    tampering.tamper(changeJson<Page>("/costs", (page) => ({ ...page, data: [], has_more: false, next_page: null })));
    const run = await sync("trailing");
    expect(run.state).toBe("partial");
    expect(streamOf(run, "costs.project")).toMatchObject({ state: "failed", errorCode: "transient", rowsRemoved: 0 });
    expect(await storedTotal()).toBe(await trueTotal());
  });

  it("that lacks a day of the first back-fill covers none of its window, and the next sync brings all of it", async () => {
    tampering.tamper(changeJson<Page>("/costs", (page) => ({ ...page, data: page.data.toSpliced(4, 1) })));
    expect(streamOf(await sync(), "costs.project").state).toBe("failed");
    expect(await coveredDays()).toBe(0);
    tampering.reset();
    expect((await sync("trailing")).state).toBe("succeeded");
    expect(await storedTotal()).toBe(await trueTotal());
  });

  it("whose buckets come again on the next page does not count them twice", async () => {
    await sync();
    tampering.tamper(
      changeJson<Page>("/costs", (page, url) =>
        url.searchParams.has("page")
          ? { ...page, has_more: false, next_page: null }
          : {
              ...page,
              has_more: true,
              next_page: `page_${Buffer.from(`bucket:${page.data[0]?.start_time}`).toString("base64url")}`,
            },
      ),
    );
    expect(streamOf(await sync("trailing"), "costs.project").state).toBe("failed");
    expect(await storedTotal()).toBe(await trueTotal());
  });
});

describe("a result that cannot be read", () => {
  const spoil = (path: string, value: unknown) =>
    changeJson<{ data: Spoilable[] }>(path, (page) => ({
      ...page,
      data: page.data.map((bucket) =>
        bucket.start_time === Date.parse("2026-10-15") / 1000
          ? {
              ...bucket,
              results: bucket.results.map((row, i) => (i === 0 ? { ...row, amount: { value, currency: "usd" } } : row)),
            }
          : bucket,
      ),
    }));
  type Spoilable = { start_time: number; results: object[] };

  it("leaves its day uncovered and as it was, says so, and stops no other day", async () => {
    tampering.tamper(spoil("/costs", "n/a"));
    const run = await sync();
    expect(run.state).toBe("partial");
    expect(streamOf(run, "costs.project")).toMatchObject({
      state: "failed",
      errorCode: "unreadable_rows",
      errorMessage: "amount.value is not a number",
      windowsDone: 0,
    });
    expect(await coveredDays()).toBe(8);
    const { rows } = await database.owner.query(
      "select to_char(min(day), 'YYYY-MM-DD') as first from cost_daily where org_id = $1",
      [org.id],
    );
    expect(rows[0].first).toBe(FIRST_DAY);
    tampering.reset();
    expect((await sync("trailing")).state).toBe("succeeded");
    expect(await coveredDays()).toBe(9);
    expect(await storedTotal()).toBe(await trueTotal());
  });

  it("is none for want of a digit before or after the point", async () => {
    tampering.tamper(spoil("/costs", ".5"));
    expect((await sync()).state).toBe("succeeded");
    expect(await coveredDays()).toBe(9);
  });
});

describe("another granularity", () => {
  it("counts no day twice, however long nothing was synced", async () => {
    await database.owner.query("update connections set usage_granularity = 'hour' where id = $1", [connectionId]);
    await sync();
    await database.owner.query("update connections set usage_granularity = 'day' where id = $1", [connectionId]);
    await provider.control("clock", { advanceSeconds: 6 * 86_400 });
    expect((await sync("trailing")).state).toBe("succeeded");
    const { rows } = await database.owner.query(
      `select coalesce(sum(d.input_tokens), 0)::text as tokens from usage_daily d
       join streams s on s.org_id = d.org_id and s.id = d.stream_id
       where d.org_id = $1 and d.dimension = 0 and s.name = 'usage.completions'`,
      [org.id],
    );
    expect(rows[0].tokens).toBe(String(await provider.completions(FIRST_DAY, "input_tokens")));
  });
});
