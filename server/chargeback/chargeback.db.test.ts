import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "csv-parse/sync";
import { makeChargebackFile } from "@/server/chargeback/make-file";
import { type ChargePart, chargeParts } from "@/server/allocation/constants";
import { makeHistory } from "@/server/explore/testing/history";
import { sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
const month = "2026-03";
let org: TestOrg;

const report = (of = month) => callAs(org.owner).chargeback.get({ org: org.slug, month: of });

beforeAll(async () => {
  org = await makeOrg();
  const { connectionIds } = await makeHistory(org, database.owner, { from: "2026-02-20", to: "2026-04-10" });
  for (const [id, name] of [
    ["proj_a", '=HYPERLINK("http://x")'],
    ["proj_b", "결제 서비스 👩🏽‍🚀"],
    ["proj_c", "צוות מחקר (core) فريق البيانات ꦗꦮ"],
  ])
    await database.owner.query(
      "insert into directory_items (org_id, connection_id, kind, id, name, data) values ($1, $2, 'project', $3, $4, '{}')",
      [org.id, connectionIds[0], id, name],
    );
  const api = callAs(org.owner).allocation;
  const ids: string[] = [];
  for (const [name, code] of [
    ["연구소", "CC-1"],
    ["צוות", null],
    ["Idle", null],
  ] as const)
    ids.push((await api.createCostCenter({ org: org.slug, name, code })).costCenterId);
  const [first = "", second = ""] = ids;
  const rule = {
    method: "fixed" as const,
    shares: [
      { costCenterId: first, percent: "33.3333" },
      { costCenterId: second, percent: "33.3333" },
    ],
  };
  const items = ["proj_a", "proj_b", "proj_c"].map((itemId) => ({ kind: "project" as const, itemId }));
  await api.setRule({ org: org.slug, items, rule, from: "2026-01-01", to: null });
  await api.setMarkup({ org: org.slug, costCenterId: first, percent: "7.5", from: "2026-03-15", to: null });
});

describe("a month's report", () => {
  it("ties to the month's spend on the overview, line by line and project by project", async () => {
    const { lines, totals } = await report();
    const overview = await callAs(org.owner).usage.overview({
      org: org.slug,
      range: { from: "2026-03-01", to: "2026-04-01" },
    });
    expect(totals?.billed).toBe(overview.totals.amount);
    for (const column of ["billed", "shared", "adjustment", "shown"] as const) {
      expect(sumDecimals(lines.map((line) => line[column]))).toBe(totals?.[column]);
      for (const line of lines) {
        expect(sumDecimals(line.projects.map((project) => project[column]))).toBe(line[column]);
        expect(sumDecimals(line.lineItems.map((item) => item[column]))).toBe(line[column]);
      }
    }
    expect(sumDecimals([totals?.billed ?? "", totals?.adjustment ?? ""])).toBe(totals?.shown);
  });

  it("lists every cost center, one without any charge too, and what is nobody's last", async () => {
    const { lines } = await report();
    expect(lines.map(({ costCenter }) => costCenter?.name ?? null)).toEqual(["Idle", "צוות", "연구소", null]);
    expect(lines[0]).toMatchObject({ billed: "0", shown: "0", projects: [] });
    expect(lines[2]?.markups).toEqual(["7.5"]);
    expect(lines[2]?.adjustment).not.toBe("0");
    expect(lines[1]?.adjustment).toBe("0");
  });

  it("tells line items as Explore does, each cost center's parts of them", async () => {
    const { lines } = await report();
    const byItem = Map.groupBy(
      lines.flatMap(({ lineItems }) => lineItems),
      ({ lineItem }) => lineItem,
    );
    const { groups } = await callAs(org.owner).explore.query({
      org: org.slug,
      query: {
        range: { from: "2026-03-01", to: "2026-04-01" },
        measure: "cost",
        groupBy: ["line_item"],
        granularity: "month",
        top: 50,
      },
    });
    const explored = groups.map(({ labels, total }) => [labels[0]?.key ?? null, total]);
    const charged = [...byItem].map(([lineItem, items]) => [lineItem, sumDecimals(items.map(({ billed }) => billed))]);
    expect(charged.toSorted()).toEqual(explored.toSorted());
    const [item] = lines[2]?.lineItems.filter(({ model }) => model !== null) ?? [];
    expect(item?.lineItem).toMatch(new RegExp(`^${item?.model}, `));
  });

  it("of a month that nobody fetched is unknown, not zero", async () => {
    expect(await report("2025-01")).toMatchObject({ totals: null, lines: [] });
  });
});

describe("its files", () => {
  const make = (format: "csv" | "pdf", locale: "en" | "ko" = "en", by: ChargePart = "project") =>
    makeChargebackFile(org.access, { month, format, by, locale }, NOW);

  it("CSV has every digit, adds up, and runs nothing in a spreadsheet", async () => {
    const { content, name } = await make("csv");
    expect(name).toBe(`${org.slug}-chargeback-2026-03.csv`);
    const [head = "", ...rows] = content.toString("utf8").trimEnd().split("\r\n");
    const place = head.split(",").indexOf("billed");
    expect(rows.some((row) => row.includes("'=HYPERLINK"))).toBe(true);
    // The amounts are the last cells, whatever a name before them holds.
    const fromEnd = place - head.split(",").length;
    const billed = rows.map((row) => row.split(",").at(fromEnd) ?? "");
    expect(sumDecimals(billed)).toBe((await report()).totals?.billed);
  });

  it("CSV by line item adds up as well, under a name of its own", async () => {
    const { content, name } = await make("csv", "en", "line_item");
    expect(name).toBe(`${org.slug}-chargeback-line-items-2026-03.csv`);
    const rows: Record<string, string>[] = parse(content, { columns: true });
    expect(sumDecimals(rows.map(({ charged = "" }) => charged))).toBe((await report()).totals?.shown);
    expect(rows.filter(({ model }) => model === "luna").map((row) => row.line_item)).toContain("luna, output");
  });

  it.each(["en", "ko"] as const)("PDF in %s is whole, whatever the names are written in", async (locale) => {
    for (const by of chargeParts) {
      const { content } = await make("pdf", locale, by);
      expect(content.subarray(0, 5).toString()).toBe("%PDF-");
      expect(content.subarray(-6).toString()).toContain("%%EOF");
      expect(content.length).toBeLessThan(400_000);
    }
  });

  it("is on record", async () => {
    await make("csv");
    const { rows } = await database.owner.query(
      "select after from audit_events where org_id = $1 and action = 'export.create' order by seq desc limit 1",
      [org.id],
    );
    expect(rows[0].after).toEqual({ report: "chargeback", month, format: "csv", by: "project" });
  });
});
