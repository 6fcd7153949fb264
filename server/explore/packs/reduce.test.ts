import { describe, expect, it } from "vitest";
import { aspectNames, aspectsTelling, nameIn, type Representatives } from "@/server/explore/packs/aspects";
import { decodeIds } from "@/server/explore/packs/codec";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { encodePack } from "@/server/explore/packs/encode";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import { bytesOf, decodePack, packOf } from "@/server/explore/packs/pack";
import { reducePack } from "@/server/explore/packs/reduce";

type Row = [series: number, slot: number, amount: string, requests: string];

// Of keys 4, 5 and 9 are one, of people all but 12; items tell every series apart.
const representatives: Representatives = new Map(
  [4, 5, 7, 9, 12].map((id) => {
    const [keys, people] = [[5, 9].includes(id) ? 4 : id, id === 12 ? 12 : 4];
    return [id, { keys, people, items: id, models_of_keys: id, models_of_people: id }];
  }),
);

const packed = (rows: readonly Row[]) =>
  encodePack({
    starts: "2026-03-01",
    series: rows.map(([series]) => series),
    slots: rows.map(([, slot]) => slot),
    measures: {
      amount: rows.map(([, , amount]) => amount).join(","),
      requests: rows.map(([, , , requests]) => requests).join(","),
      images: null,
    },
  });

/** Rows of a measure as they are read: [series, slot, number]. */
function rowsIn(columns: ReturnType<typeof packed>, measure: string, aspect: "keys" | "people" | "items" | null) {
  const encoded = packOf(bytesOf(columns), measure, aspect);
  if (!encoded) return null;
  const { ids, slots, numbers } = decodePack(encoded);
  const sums = new ExactSums(ids.length, shapeOf([encoded]));
  sums.add(numbers, Int32Array.from(ids.keys()), 1);
  sums.carry();
  return [...ids].map((id, row) => [id, slots?.[row] ?? 0, sums.textOf(row)]);
}

const rows: Row[] = [
  [4, 0, "0.1", ""],
  [4, 7, "123456789012345678.000000000000000001", "1"],
  [5, 0, "0.2", ""],
  [5, WHOLE_DAY, "-3", "4"],
  [7, 0, "1", "2"],
  [9, 0, "-0.3", ""],
  [9, 7, "0.999999999999999999", "9007199254740990"],
  [12, 0, "5", "0"],
];

describe("an aspect of a pack", () => {
  const columns = [...packed(rows), ...reducePack(packed(rows), representatives)];

  it("has a row for each slot of series that are one in it, with their exact sum", () => {
    expect(rowsIn(columns, "amount", "people")).toEqual([
      [4, 0, "1"],
      [4, 7, "123456789012345679"],
      [4, WHOLE_DAY, "-3"],
      [12, 0, "5"],
    ]);
  });

  it.each([
    ["9007199254740993", "1", "9007199254740994"],
    ["-9007199254740993", "0", "-9007199254740993"],
    ["-1000000000000000000", "999999999999999999", "-1"],
    ["123456789012345678901234567890", "1", "123456789012345678901234567891"],
  ])("counts exactly, %s and %s", (one, other, sum) => {
    const counted = packed([
      [4, 0, "", one],
      [5, 0, "", other],
    ]);
    expect(rowsIn(reducePack(counted, representatives), "requests", "keys")).toEqual([[4, 0, sum]]);
  });

  it("does not know what none of them knows", () => {
    expect(rowsIn(columns, "requests", "people")).toEqual([
      [4, 0, "2"],
      [4, 7, "9007199254740991"],
      [4, WHOLE_DAY, "4"],
      [12, 0, "0"],
    ]);
    const unknown = reducePack(
      packed(rows.map(([series, slot, amount]) => [series, slot, amount, ""])),
      representatives,
    );
    expect(rowsIn([...packed(rows), ...unknown], "requests", "people")?.map(([, , text]) => text)).toEqual([
      "",
      "",
      "",
      "",
    ]);
  });

  it("is left out where it has more than half the rows, and what the pack has none of is in none", () => {
    const names = columns.map(({ name }) => name);
    expect(names).toEqual([
      ...["series", "slots", "amount", "requests"],
      ...["series", "slots", "amount", "requests"].map((name) => nameIn("people", name)),
    ]);
    expect(reducePack(packed([]), representatives)).toEqual([]);
  });

  it("leaves slots out where the pack has none", () => {
    const daily = packed(rows.map(([series, , amount, requests], i) => [series * 10 + i, 0, amount, requests]));
    const one = { people: 40, keys: 40, items: 40, models_of_keys: 40, models_of_people: 40 };
    const ofOne = new Map([...decodeIds(daily[0]?.data ?? new Uint8Array())].map((id) => [id, one]));
    expect(reducePack(daily, ofOne).map(({ name }) => name)).toEqual(
      aspectNames.flatMap((aspect) => ["series", "amount", "requests"].map((name) => nameIn(aspect, name))),
    );
  });
});

describe("the aspects that tell columns", () => {
  it.each([
    [[], aspectNames],
    [["project_id"], aspectNames],
    [
      ["api_key_id", "project_id"],
      ["keys", "models_of_keys"],
    ],
    [["user_id"], ["people", "models_of_people"]],
    [["model"], ["models_of_people", "items", "models_of_keys"]],
    [["model", "batch"], ["items"]],
    [["api_key_id", "model"], ["models_of_keys"]],
    [["api_key_id", "service_tier"], []],
    [["id"], []],
  ] as const)("%j: %j", (columns, found) => {
    expect(aspectsTelling(columns)).toEqual(found);
  });
});
