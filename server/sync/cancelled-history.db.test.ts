import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cancelRun } from "@/server/sync/cancel-run";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { startSync, streamOf, syncOnce } from "@/server/testing/sync";

// What becomes of a back-fill that somebody cancelled, and of one that ended otherwise.

const database = useTestDatabase();

let provider: Provider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
});
afterAll(() => provider.close());
beforeEach(async () => {
  await provider.reset();
  org = await makeOrg();
  connectionId = await makeConnection(org, {
    baseUrl: provider.url,
    adminKey: "sk-admin-sandbox-acme-readonly",
    backfillDays: 40,
    usageGranularity: "day",
  });
});

const sync = (kind: "recent" | "trailing" | "backfill", runId?: string) =>
  syncOnce(org, { connectionId, kind, runId, now: provider.now });

const cancelled = async (kind: "trailing" | "backfill") => {
  const runId = await startSync(org, { connectionId, kind });
  await org.access.inScope((scope) => cancelRun(scope, runId));
};

const firstCoveredDay = async () =>
  (
    await database.owner.query(
      "select to_char(lower(coverage) at time zone 'UTC', 'YYYY-MM-DD') as day from streams where connection_id = $1 and name = 'costs.project'",
      [connectionId],
    )
  ).rows[0].day;

const FIRST_TRAILING_DAY = "2026-10-17";
const FIRST_DAY = "2026-09-11";

it.each(["backfill", "trailing"] as const)(
  "history whose %s was cancelled is not fetched by the syncs of the clock, until somebody asks for it",
  async (kind) => {
    await cancelled(kind);
    await sync("trailing");
    await sync("recent");
    expect(await firstCoveredDay()).toBe(FIRST_TRAILING_DAY);
    await provider.control("clock", { advanceSeconds: 6 * 86_400 });
    expect(streamOf(await sync("trailing"), "costs.project").windowsDone, "the gap since is closed").toBe(1);
    const { rows } = await database.owner.query(
      "select (select count(*) from unnest(coverage))::int as pieces from streams where connection_id = $1 and name = 'costs.project'",
      [connectionId],
    );
    expect(rows[0].pieces).toBe(1);
    await sync("backfill");
    expect((await firstCoveredDay()) <= "2026-09-17").toBe(true);
  },
);

it("history whose back-fill failed half way is fetched on by the next trailing sync", async () => {
  await provider.control("faults", { match: "organization/costs", status5xx: { everyN: 1 } });
  expect((await sync("backfill")).state).toBe("partial");
  await provider.clearFaults();
  await sync("trailing");
  expect(await firstCoveredDay()).toBe(FIRST_DAY);
});

it("a range that was asked for and cancelled says nothing about the history", async () => {
  await cancelled("trailing");
  await database.owner.query("update sync_runs set from_time = now(), to_time = now() where connection_id = $1", [
    connectionId,
  ]);
  await sync("trailing");
  expect(await firstCoveredDay()).toBe(FIRST_DAY);
});

it("more history that is wanted is fetched at once, also after a cancelled back-fill", async () => {
  await cancelled("backfill");
  const update = (backfillDays: number) =>
    callAs(org.owner).connections.update({ org: org.slug, connectionId, backfillDays });
  await update(30);
  const queued = () =>
    database.owner.query("select id from sync_runs where connection_id = $1 and state = 'queued'", [connectionId]);
  expect((await queued()).rows).toEqual([]);
  await update(45);
  const [run] = (await queued()).rows;
  await sync("backfill", run.id);
  expect(await firstCoveredDay()).toBe("2026-09-06");
});
