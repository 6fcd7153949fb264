import { hash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "csv-parse/sync";
import { ExportInput } from "@/server/exports/schema";
import { listRuns } from "@/server/exports/schedules/runs";
import { startExport } from "@/server/exports/start-export";
import { PAGE_ROWS } from "@/server/exports/table";
import { type History, makeHistory, usd } from "@/server/explore/testing/history";
import { explore } from "@/server/explore/explore";
import { addDecimals, compareDecimals, sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import { rebuildRollups } from "@/server/usage/rebuild-rollups";
import { getBreakdown } from "@/server/usage/breakdown";
import { getOverview } from "@/server/usage/overview";

const database = useTestDatabase();
const range = { from: "2026-09-20", to: "2026-10-11" };
let org: TestOrg;
let history: History;

beforeAll(async () => {
  org = await makeOrg();
  history = await makeHistory(org, database.owner, range);
  await rebuildRollups(org.access);
});

async function write(parameters: Record<string, string>, target = org) {
  const started = await startExport(target.access, ExportInput.parse({ ...range, ...parameters }));
  const content = await buffer(started.stream);
  return { ...started, content, manifest: await started.manifest };
}

const given = (stream: string, currency: string | null) =>
  history.facts.filter((fact) => fact.stream === stream && fact.currency === currency);

const dollars = () => usd(given("costs.project", "usd").reduce((sum, { measures }) => sum + (measures.cost ?? 0n), 0n));

const sumOf = (sums: { column: string; currency?: string; sum: string }[], column: string, currency?: string) =>
  sums.find((one) => one.column === column && one.currency === currency)?.sum ?? "none";

const isSame = (a: string, b: string) => compareDecimals(a, b) === 0;

type Line = Record<string, string | null>;
const linesOf = (content: Buffer) =>
  content
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

describe("the facts of costs", () => {
  it("are all there, once, to the last digit", async () => {
    const { content, manifest } = await write({ format: "ndjson", facts: "costs" });
    const lines = linesOf(content);
    const key = (line: Line) => [line.connection_id, line.day, line.project_id, line.api_key_id, line.line_item].join();
    const expected = history.facts.filter(({ stream }) => stream === "costs.project");
    const wanted = expected.map((fact) =>
      [
        [fact.connectionId, fact.at.toISOString().slice(0, 10), fact.projectId, fact.apiKeyId, fact.lineItem].join(),
        fact.currency,
        addDecimals(usd(fact.measures.cost ?? 0n), "0"),
      ].join(" "),
    );
    const found = lines.map((line) => [key(line), line.currency, addDecimals(line.amount ?? "", "0")].join(" "));
    expect(found.toSorted()).toEqual(wanted.toSorted());
    expect(manifest.rows).toBe(expected.length);
  });

  it("add up to what the overview shows; other currencies stay apart", async () => {
    const { manifest } = await write({ format: "csv", facts: "costs" });
    const overview = await org.access.inScope((scope) => getOverview(scope, range));
    const sum = sumOf(manifest.sums, "amount", "usd");
    expect(isSame(sum, overview.totals.amount ?? "")).toBe(true);
    expect(isSame(sum, dollars())).toBe(true);
    const [euros] = overview.otherCurrencies;
    expect(isSame(sumOf(manifest.sums, "amount", "eur"), euros?.amount ?? "")).toBe(true);
  });

  it("are the same in every format", async () => {
    const json = JSON.parse((await write({ format: "json", facts: "costs" })).content.toString()) as Line[];
    const csv: Line[] = parse((await write({ format: "csv", facts: "costs", bom: "1" })).content, {
      columns: true,
      bom: true,
      cast: (value) => (value === "" ? null : value),
    });
    const parquet = await readParquet((await write({ format: "parquet", facts: "costs" })).content);
    expect(csv).toEqual(json);
    expect(parquet).toEqual(json);
    expect(linesOf((await write({ format: "ndjson", facts: "costs" })).content)).toEqual(json);
  });

  it("are charges in FOCUS, of the same sum", async () => {
    const { content, manifest, fileName } = await write({ format: "focus" });
    const rows: Line[] = parse(content, { columns: true });
    expect(fileName).toMatch(/\.focus\.csv$/);
    expect(rows).toHaveLength(manifest.rows);
    const billed = rows.filter((row) => row.BillingCurrency === "USD").map((row) => row.BilledCost ?? "");
    expect(isSame(sumDecimals(billed), dollars())).toBe(true);
    expect(isSame(sumOf(manifest.sums, "BilledCost", "USD"), dollars())).toBe(true);
    expect(manifest.remarks).toMatchObject({ focus_version: "1.2" });
    expect(Number(manifest.remarks?.usage_rows_without_quantity)).toBeGreaterThan(0);
    const usage = rows.filter((row) => row.ChargeCategory === "Usage");
    // The models of this history are on no list.
    expect(manifest.remarks?.usage_rows_without_unit_price).toBe(usage.length);
    expect(manifest.remarks?.usage_rows_without_contracted_unit_price).toBe(usage.length);
    for (const { SkuPriceDetails: details } of rows) if (details) expect(JSON.parse(details)).toHaveProperty("x_Model");
  });
});

async function readParquet(content: Buffer): Promise<Line[]> {
  const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  return rows.map(({ day, ...row }) => ({ ...row, day: (day as Date).toISOString().slice(0, 10) }) as Line);
}

describe("the facts of usage", () => {
  it("keep every count and dimension, and what is not known unknown", async () => {
    const { content, manifest } = await write({ format: "ndjson", facts: "usage:completions" });
    const lines = linesOf(content);
    const facts = given("usage.completions", null);
    expect(lines).toHaveLength(facts.length);
    for (const measure of ["input_tokens", "input_cached_tokens", "output_tokens"]) {
      const total = facts.reduce((sum, { measures }) => sum + (measures[measure] ?? 0n), 0n);
      expect(sumOf(manifest.sums, measure)).toBe(String(total));
    }
    const [line] = lines;
    expect(line).toMatchObject({ bucket_width: "1h", input_audio_tokens: null });
    expect(line?.bucket_start).toMatch(/^2026-\d\d-\d\dT\d\d:00:00Z$/);
  });

  it("have the endpoint's own unit and its rare dimensions", async () => {
    const { manifest } = await write({ format: "json", facts: "usage:images" });
    expect(manifest.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(["size", "source", "images"]));
    const images = given("usage.images", null).reduce((sum, { measures }) => sum + (measures.images ?? 0n), 0n);
    expect(sumOf(manifest.sums, "images")).toBe(String(images));
  });
});

describe("grouped", () => {
  it.each([["project"], ["key"], ["model"], ["line_item"], ["user"], ["day,user"], ["day,project,key"], [""]])(
    "by %s costs add up to the screen's total",
    async (groups) => {
      const { manifest } = await write({ format: "csv", group_by: groups });
      expect(isSame(sumOf(manifest.sums, "amount", "usd"), dollars())).toBe(true);
    },
  );

  it("people are the rows of the People page", async () => {
    const { content } = await write({ format: "ndjson", group_by: "user" });
    const rows = linesOf(content).filter((line) => line.currency === "usd");
    const shown = await org.access.inScope((scope) => getBreakdown(scope, { dimension: "user", range }));
    const amounts = (list: [string | null, string | null][]) =>
      list.map(([user, amount]) => `${user} ${addDecimals(amount ?? "0", "0")}`).toSorted();
    expect(amounts(rows.map((row) => [row.user_id ?? null, row.amount ?? null]))).toEqual(
      amounts(shown.rows.map((row) => [row.key, row.amount])),
    );
  });

  it("usage by model holds the counts of the facts", async () => {
    const grouped = await write({ format: "json", dataset: "usage", endpoint: "completions", group_by: "model" });
    const facts = await write({ format: "json", facts: "usage:completions" });
    expect(grouped.manifest.sums).toEqual(facts.manifest.sums);
  });
});

describe("the manifest", () => {
  it("has the size and SHA-256 of the content, its filters and how far it can be relied on", async () => {
    const { content, manifest, fileName, mediaType } = await write({ format: "csv", group_by: "project" });
    expect(manifest).toMatchObject({
      schema_version: 1,
      organization: org.slug,
      source: { kind: "costs", group_by: ["project"] },
      ...range,
      bytes: content.byteLength,
      sha256: hash("sha256", content, "hex"),
      file_name: fileName,
      media_type: mediaType,
      complete: expect.any(Boolean),
    });
    expect(manifest.columns.map(({ name }) => name).join(",")).toBe(content.toString().split("\r\n")[0]);
  });
});

describe("an answer of the Explore page", () => {
  const questions: Record<string, string>[] = [
    { measure: "cost", group_by: "project", top: "2" },
    { measure: "cost", group_by: "user,model", granularity: "week" },
    { measure: "cost", group_by: "", granularity: "month" },
    { measure: "cost", group_by: "line_item", filter: "model~astra" },
    { measure: "cost", group_by: "project", zone: "org", compare: "previous_period" },
    { measure: "input_tokens", group_by: "project,model", top: "3" },
    { measure: "requests", group_by: "api_key", filter: "project!=(none)" },
  ];

  it.each(questions)("%j adds up to the total of the page, step by step and group by group", async (question) => {
    const asked = { ...question, dataset: "explore" };
    const { source } = ExportInput.parse({ ...range, ...asked });
    if (source.kind !== "explore") throw new Error("not a question");
    const { totals, groups, buckets } = await org.access.inScope((scope) => explore(scope, source.query));
    const [column, currency] = question.measure === "cost" ? ["amount", "usd"] : [question.measure ?? ""];
    for (const format of ["csv", "json", "ndjson", "parquet"]) {
      for (const rows of ["steps", "groups"]) {
        const { manifest } = await write({ ...asked, format, rows });
        expect(isSame(sumOf(manifest.sums, column, currency), totals.value ?? ""), `${format} ${rows}`).toBe(true);
        expect(manifest.rows).toBe(rows === "steps" ? groups.length * buckets.length : groups.length);
        expect(manifest.remarks).toMatchObject({ total: totals.value, group_count: expect.any(Number) });
      }
    }
  });

  it("names its groups, other and unattributed among them, and the period before", async () => {
    const asked = { dataset: "explore", measure: "cost", group_by: "project", top: "1", rows: "groups" };
    const { content, manifest } = await write({ ...asked, format: "ndjson", compare: "previous_period" });
    const rows = linesOf(content);
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(["named", "other", "unattributed"]));
    expect(Object.keys(rows[0] ?? {})).toEqual([
      "group",
      "project_id",
      "project_name",
      "currency",
      "amount",
      "previous_amount",
    ]);
    expect(manifest.source).toMatchObject({
      kind: "explore",
      measure: "cost",
      group_by: ["project"],
      filters: [],
      top: 1,
    });
    expect(manifest.remarks).toMatchObject({ previous_from: "2026-08-30", previous_to: "2026-09-20" });
  });
});

describe("an export", () => {
  it("is on record", async () => {
    const other = await makeOrg();
    await write({ format: "json", facts: "costs" }, other);
    const { rows } = await database.owner.query(
      "select after from audit_events where org_id = $1 and action = 'export.create'",
      [other.id],
    );
    expect(rows).toEqual([{ after: { ...range, format: "json", source: { kind: "facts", stream: "costs.project" } } }]);
  });

  it("is refused before it begins where it cannot be answered", async () => {
    const hours = ExportInput.parse({ from: "2026-01-01", to: "2026-12-31", dataset: "explore", granularity: "hour" });
    await expect(startExport(org.access, hours)).rejects.toMatchObject({ code: "invalid", reason: "too_many_buckets" });
  });

  it("is remembered, to tell what changed since", async () => {
    const { manifest } = await write({ format: "focus" });
    const [run] = await org.access.inScope(listRuns);
    expect(run).toMatchObject({ ...range, scheduleId: null, state: "succeeded", search: "format=focus" });
    expect(run?.written).toMatchObject({ rows: manifest.rows, fileName: manifest.file_name });
  });

  it("holds nothing of another organization", async () => {
    const { manifest } = await write({ format: "csv", facts: "costs" }, await makeOrg("Beacon"));
    expect(manifest).toMatchObject({ rows: 0, sums: [] });
  });

  it("goes on where a page ended, and groups rows of Parquet likewise", async () => {
    const many = await makeOrg("Many");
    const count = 4 * PAGE_ROWS + 3;
    await fill(many, count);
    const { content, manifest } = await write({ format: "parquet", facts: "costs" }, many);
    expect(manifest).toMatchObject({ rows: count, sums: [{ sum: usd(BigInt(count)) }] });
    const rows = await readParquet(content);
    expect(new Set(rows.map((row) => row.line_item)).size).toBe(count);
  });

  it("ends when its reader goes away", async () => {
    const started = await startExport(org.access, ExportInput.parse({ ...range, format: "csv", facts: "costs" }));
    started.stream.destroy();
    await expect(started.manifest).rejects.toThrow();
  });
});

/** So many facts of one day, each of a billionth of a dollar. */
async function fill(target: TestOrg, count: number) {
  const { connectionIds } = await makeHistory(target, database.owner, { from: "2026-01-01", to: "2026-01-02" });
  const of = [target.id, connectionIds[0]];
  await database.owner.query(
    `insert into series (org_id, connection_id, stream, key_hash, bucket_width, currency, line_item)
     select $1, $2, 'costs.project', decode(lpad(to_hex(n), 32, '0'), 'hex'), '1d', 'usd', 'item ' || n
     from generate_series(1, $3::int) n`,
    [...of, count],
  );
  await database.owner.query(
    `insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount)
     select $1, (select id from streams where org_id = $1 and connection_id = $2 and name = 'costs.project'),
       '2026-10-01T00:00:00Z', id, 0.000000001 from series where org_id = $1 and line_item like 'item %'`,
    of,
  );
  // As autovacuum does after so many rows: plans made for a small table would go through it for each row.
  await database.owner.query("analyze series, cost_facts");
}

describe("what cannot be meant", () => {
  it.each([
    [{ group_by: "user,project" }],
    [{ group_by: "hat" }],
    [{ facts: "costs", group_by: "day" }],
    [{ format: "focus", facts: "usage:images" }],
    [{ format: "xls" }],
    [{ from: "2026-10-02", to: "2026-10-01" }],
    [{ from: "2020-01-01", to: "2026-10-01" }],
    [{ dataset: "explore", group_by: "user,project" }],
    [{ dataset: "explore", group_by: "day" }],
    [{ dataset: "explore", filter: "hat=red" }],
    [{ dataset: "explore", top: "1000" }],
    [{ dataset: "explore", format: "focus", group_by: "model" }],
  ])("%j is refused", (parameters) => {
    expect(ExportInput.safeParse({ ...range, format: "csv", ...parameters }).success).toBe(false);
  });
});
