import { describe, expect, it } from "vitest";
import type { ColumnKind, DataColumn } from "../types";
import { exportRows } from "./export-rows";
import { columnWidth, minTableWidth } from "./layout";
import { compareValues, searchText } from "./sort-values";

const collator = new Intl.Collator("en", { numeric: true });
const sorted = (values: string[], kind: ColumnKind) => values.toSorted((a, b) => compareValues(a, b, kind, collator));

describe("compareValues", () => {
  it("orders money by value and not by letters", () => {
    expect(sorted(["10", "9", "-1", "0.5"], "money")).toEqual(["-1", "0.5", "9", "10"]);
  });

  it("tells amounts apart that are one float", () => {
    expect(sorted(["0.10000000000000000002", "0.10000000000000000001"], "money")).toEqual([
      "0.10000000000000000001",
      "0.10000000000000000002",
    ]);
  });

  it("orders names as people do", () => {
    expect(sorted(["Team 10", "team 2", "Éclair"], "text")).toEqual(["Éclair", "team 2", "Team 10"]);
  });
});

it("the search ignores case, width and composition", () => {
  expect(searchText("ＡＢＣ É")).toBe(searchText("abc e\u0301"));
});

it("the file has the columns shown, every row, and the value meant for files", () => {
  const columns: DataColumn<{ name: string; usd: string | null }>[] = [
    { id: "name", header: "Name", value: (row) => row.name, exportValue: (row) => `${row.name}!` },
    { id: "usd", header: "Cost", kind: "money", value: (row) => row.usd },
  ];
  expect(
    exportRows(columns, [
      { name: "a", usd: "0.000000001" },
      { name: "b", usd: null },
    ]),
  ).toEqual([
    ["Name", "Cost"],
    ["a!", "0.000000001"],
    ["b!", null],
  ]);
  expect(minTableWidth(columns, 10)).toBe(176 + 128 + 10);
  expect(columnWidth({ id: "x", header: "X", kind: "money", value: () => null, shareOf: "3" })).toBe(200);
});
