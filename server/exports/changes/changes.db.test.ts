import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { previewChanges } from "@/server/exports/changes/preview-changes";
import { ExportInput } from "@/server/exports/schema";
import { listRuns } from "@/server/exports/schedules/runs";
import { startExport } from "@/server/exports/start-export";
import { makeHistory } from "@/server/explore/testing/history";
import { sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const range = { from: "2026-09-20", to: "2026-10-11" };
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, range);
});

const ask = (parameters: Record<string, string>) =>
  startExport(org.access, ExportInput.parse({ ...range, ...parameters }));

/** Exports and gives the id under which it is remembered. */
async function exported(parameters: Record<string, string>): Promise<string> {
  const { stream, manifest } = await ask(parameters);
  stream.resume();
  await manifest;
  const [run] = await org.access.inScope(listRuns);
  return run?.id ?? expect.fail("the export is not on record");
}

/** As if these days had been open or not fetched when it was made. */
const setMissing = (run: string, days: string) =>
  database.owner.query("update export_runs set manifest = jsonb_set(manifest, '{missing}', $2::jsonb) where id = $1", [
    run,
    days,
  ]);

type Change = Record<string, string | null>;

async function wholeFile(since: string, days: Record<string, string> = {}) {
  const { stream, manifest } = await ask({ dataset: "changes", since, format: "json", ...days });
  const rows: Change[] = JSON.parse((await buffer(stream)).toString());
  return { rows, remarks: (await manifest).remarks };
}

const changesSince = async (since: string) =>
  (await wholeFile(since)).rows.filter(({ change }) => change === "restated");

type Restated = {
  measure?: string;
  before: string | null;
  after: string | null;
  stream?: string;
  place?: number;
  day?: string;
};

/** As a sync notes it, on a connection of the test's own. */
const restate = (restated: Restated, client: { query: typeof database.owner.query } = database.owner) =>
  client.query(
    `insert into restatements (org_id, stream_id, series_id, bucket_start, measure, before, after)
     select f.org_id, f.stream_id, f.series_id, $6::date::timestamp at time zone 'UTC', $2, $3, $4
     from ${restated.stream?.startsWith("usage") ? "usage_facts" : "cost_facts"} f
     join streams s on s.org_id = f.org_id and s.id = f.stream_id
     where f.org_id = $1 and s.name = $5 order by f.stream_id, f.series_id offset $7 limit 1`,
    [
      org.id,
      restated.measure ?? "amount",
      restated.before,
      restated.after,
      restated.stream ?? "costs.project",
      restated.day ?? "2026-10-03",
      restated.place ?? 0,
    ],
  );

describe("what changed since an export", () => {
  it("is told with before and after, several times restated as one, and undone as none", async () => {
    await restate({ before: "1", after: "2" });
    const run = await exported({ group_by: "day,project" });
    expect(await changesSince(run)).toEqual([]);
    await restate({ before: "2", after: "3.5" });
    await restate({ before: "3.5", after: "2.25" });
    await restate({ before: "5", after: "6", place: 40, day: "2026-10-04" });
    await restate({ before: "6", after: "5", place: 40, day: "2026-10-04" });
    await restate({ before: null, after: "7", place: 80, day: "2026-10-05" });
    const changes = await changesSince(run);
    expect(
      changes.map(({ bucket_start, before, after, difference }) => [bucket_start, before, after, difference]),
    ).toEqual([
      ["2026-10-03T00:00:00Z", "2", "2.25", "0.25"],
      ["2026-10-05T00:00:00Z", null, "7", "7"],
    ]);
    expect(changes[0]).toMatchObject({ list: "costs.project", measure: "amount", connection_name: expect.any(String) });
    const preview = await org.access.inScope((scope) => previewChanges(scope, run));
    expect(preview).toMatchObject({ exportId: run, ...range, count: 2, rows: changes });
    expect(await changesSince(await exported({ group_by: "day,project" }))).toEqual([]);
  });

  it("is what the export held: its days, its list and its measure alone", async () => {
    const [costs, people, tokens, short] = [
      await exported({ group_by: "project" }),
      await exported({ group_by: "user" }),
      await exported({ dataset: "explore", measure: "input_tokens" }),
      await exported({ group_by: "project", to: "2026-09-25" }),
    ];
    // Of a question over several lists, one that was never fetched leaves every day in doubt.
    expect((await wholeFile(tokens)).remarks).toMatchObject({ whole_days: "2026-09-20/2026-10-11" });
    await setMissing(tokens, "[]");
    await restate({ before: "1", after: "9" });
    await restate({ before: "10", after: "90", measure: "quantity" });
    await restate({ before: "100", after: "900", stream: "usage.completions", measure: "input_tokens" });
    await restate({ before: "1", after: "2", stream: "usage.completions", measure: "output_tokens" });
    const after = async (run: string) => (await changesSince(run)).map((row) => row.after);
    expect(await after(costs)).toEqual(["9"]);
    expect(await after(people)).toEqual([]);
    expect(await after(tokens)).toEqual(["900"]);
    expect((await org.access.inScope((scope) => previewChanges(scope, short))).count).toBe(0);
  });

  it("includes what a sync had begun to store, but not committed, when the export was made", async () => {
    const sync = await database.owner.connect();
    await sync.query("begin");
    await restate({ before: "20", after: "21", place: 120 }, sync);
    const run = await exported({ group_by: "project" });
    await sync.query("commit");
    sync.release();
    expect((await changesSince(run)).map((row) => row.after)).toEqual(["21"]);
    expect(await changesSince(await exported({ group_by: "project" }))).toEqual([]);
  });

  it("tells days whole that were open or missing then, that were not exported, or whose connection is new", async () => {
    const days = { from: "2026-09-20", to: "2026-09-30" };
    const run = await exported({ group_by: "day,project", ...days });
    const closed = await wholeFile(run, days);
    expect(closed).toEqual({ rows: [], remarks: expect.objectContaining({ whole_days: "", whole_day_rows: 0 }) });
    await setMissing(run, '[{"from":"2026-09-24","to":"2026-09-26"}]');
    const { rows, remarks } = await wholeFile(run, { from: "2026-09-20", to: "2026-10-01" });
    expect(remarks).toMatchObject({ whole_days: "2026-09-24/2026-09-26,2026-09-30/2026-10-01", restated_rows: 0 });
    expect(remarks?.whole_day_rows).toBe(rows.length);
    expect(new Set(rows.map(({ bucket_start: at }) => at?.slice(0, 10)))).toEqual(
      new Set(["2026-09-24", "2026-09-25", "2026-09-30"]),
    );
    for (const row of rows)
      expect(row).toMatchObject({ change: "whole_day", measure: "amount", before: null, difference: null });
    const facts = await database.owner.query(
      `select trim_scale(sum(f.amount))::text as sum from cost_facts f join streams s on s.org_id = f.org_id and s.id = f.stream_id
       where f.org_id = $1 and s.name = 'costs.project' and (f.bucket_start at time zone 'UTC')::date in ('2026-09-24', '2026-09-25', '2026-09-30')`,
      [org.id],
    );
    expect(sumDecimals(rows.map(({ after }) => after ?? ""))).toBe(facts.rows[0].sum);

    const [{ id, name }] = (
      await database.owner.query("select id, name from connections where org_id = $1 order by id", [org.id])
    ).rows;
    await database.owner.query("update connections set created_at = now() where id = $1", [id]);
    const withNew = await wholeFile(run, days);
    expect(withNew.remarks?.whole_connections).toBe(name);
    const ofNew = withNew.rows.filter(({ connection_id: connection }) => connection === id);
    expect(new Set(ofNew.map(({ bucket_start: at }) => at?.slice(0, 10))).size).toBe(10);
    const preview = await org.access.inScope((scope) => previewChanges(scope, run));
    expect(preview).toMatchObject({
      count: 0,
      newConnections: [name],
      wholeDays: [{ from: "2026-09-24", to: "2026-09-26" }],
    });
  });

  it("tells counts of usage whole as restatements name them", async () => {
    const run = await exported({ facts: "usage:completions", to: "2026-09-25" });
    const { rows } = await wholeFile(run, { from: "2026-09-25", to: "2026-09-26" });
    expect(new Set(rows.map(({ measure }) => measure))).toEqual(
      new Set(["requests", "input_tokens", "input_cached_tokens", "input_uncached_tokens", "output_tokens"]),
    );
    const tokens = rows.filter(({ measure }) => measure === "output_tokens").map(({ after }) => after ?? "");
    const { stream, manifest } = await ask({ facts: "usage:completions", from: "2026-09-25", to: "2026-09-26" });
    stream.resume();
    expect((await manifest).sums).toContainEqual({ column: "output_tokens", sum: sumDecimals(tokens) });
  });

  it("is nobody else's, and of nothing but exports of figures", async () => {
    const run = await exported({ group_by: "project" });
    const other = await makeOrg("Beacon");
    const foreign = startExport(other.access, ExportInput.parse({ ...range, dataset: "changes", since: run }));
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
    const ofChanges = await exported({ dataset: "changes", since: run });
    await expect(ask({ dataset: "changes", since: ofChanges })).rejects.toMatchObject({ code: "precondition" });
  });

  it("asks nothing of who wants the manifest alone", async () => {
    const before = await org.access.inScope(listRuns);
    const { stream, manifest } = await ask({ group_by: "day", manifest: "1" });
    stream.resume();
    await manifest;
    expect(await org.access.inScope(listRuns)).toEqual(before);
  });
});
