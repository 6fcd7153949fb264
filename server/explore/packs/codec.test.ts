import { describe, expect, it } from "vitest";
import { BASE, decodeIds, decodeNumbers, encodeIds, encodeNumbers } from "@/server/explore/packs/codec";
import { ExactSums } from "@/server/explore/packs/exact-sums";
import { Exact, sumDecimals } from "@/server/lib/money";

const decimals = [
  "0",
  "1",
  "-1",
  "999999999",
  "1000000000",
  "-1000000000.000000001",
  "0.000000001",
  "0.100000000000000000000000000001",
  "-0.100000000000000000000000000001",
  "123456789012345678901234567890.123456789012345678901234567891",
  "9007199254740993",
];

/** Numbers as they were written. */
function roundTrip(texts: readonly string[]): (string | null)[] {
  const { fractions, parts } = decodeNumbers(encodeNumbers(texts), texts.length);
  return texts.map((_, row) => {
    if (Number.isNaN(parts[0]?.[row])) return null;
    const value = parts.reduceRight((sum, part) => sum.times(BASE).plus(part[row] ?? 0), new Exact(0));
    return value.div(new Exact(BASE).pow(fractions)).toFixed();
  });
}

describe("numbers", () => {
  it.each(decimals)("%s comes back to the last digit", (text) => {
    expect(roundTrip([text])).toEqual([text]);
  });

  it.each([
    ["1.5", "-2.25", "", "0", "-0.000001", "16777215.123456"],
    ["999999.999999999", "-999999.999999999", ""],
    ["0.1234567891", "3", "-3"],
    ["999999999999999", "-1000000000", "", "-999999999999999"],
    ["1000000000000000", "-7"],
    ["1234567.123456789", "0.5"],
    ["", ...new Array(10).fill("999999.999999999"), "-123456.000000001"],
  ])("%s, %s and others come back together", (...texts) => {
    expect(roundTrip(texts)).toEqual(texts.map((text) => text || null));
  });

  it("of few digits take little room", () => {
    expect(encodeNumbers(new Array(1000).fill("0.1234567")).length).toBeLessThan(4100);
  });

  it("of any size and none stand beside each other", () => {
    expect(roundTrip([...decimals, "", "7"])).toEqual([...decimals, null, "7"]);
    expect(roundTrip([])).toEqual([]);
  });
});

describe("ids", () => {
  it("come back, repeated, large, none at all", () => {
    for (const ids of [[], [0], [5, 5, 5, 128, 16_384], [2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]])
      expect([...decodeIds(encodeIds(ids))]).toEqual(ids);
  });
});

describe("sums", () => {
  const add = (sums: ExactSums, texts: readonly string[], sign: 1 | -1 = 1) =>
    sums.add(decodeNumbers(encodeNumbers(texts), texts.length), new Int32Array(texts.length), sign);
  const valueOf = (sums: ExactSums) => new Exact(`${sums.unitsOf(0)}e-${sums.decimals}`).toFixed();

  it("are exact, of numbers with more and with fewer decimals than others", () => {
    const sums = new ExactSums(1, { fractions: 4, parts: 10 });
    add(sums, decimals);
    add(sums, ["0.5", "-3"]);
    expect(valueOf(sums)).toBe(sumDecimals([...decimals, "0.5", "-3"]));
    sums.carry();
    expect(valueOf(sums)).toBe(sumDecimals([...decimals, "0.5", "-3"]));
  });

  it("of what is deducted again are zero, and told; of what is unknown they are not told", () => {
    const sums = new ExactSums(1, { fractions: 4, parts: 10 });
    add(sums, ["", ""]);
    expect(sums.isTold[0]).toBe(0);
    add(sums, decimals);
    add(sums, decimals, -1);
    sums.carry();
    expect([sums.zerosOf(Int32Array.of(0)).length, sums.isTold[0]]).toEqual([1, 1]);
    add(sums, ["-0.5"]);
    sums.carry();
    expect(sums.zerosOf(Int32Array.of(0))).toHaveLength(0);
  });

  it("do not round where numbers of few digits come to many", () => {
    const sums = new ExactSums(1, { fractions: 1, parts: 4 });
    const [few, many] = [new Array(9).fill("999999.999999999"), new Array(1000).fill("999999.999999999")];
    for (const texts of [few, few, many, ["-0.000000001"]]) add(sums, texts);
    expect(valueOf(sums)).toBe(sumDecimals([...few, ...few, ...many, "-0.000000001"]));
  });

  it.each([
    ["0.999999999", "900719.925474099"],
    ["999999999", "900719925474099"],
  ])("do not round where %s was carried and ten times %s come to nearly all that a double tells", (carried, large) => {
    const sums = new ExactSums(1, { fractions: 1, parts: 4 });
    const many = new Array(10).fill(large);
    add(sums, [carried]);
    add(sums, many);
    expect(valueOf(sums)).toBe(sumDecimals([carried, ...many]));
  });

  it("do not round however many there are", () => {
    const sums = new ExactSums(1, { fractions: 0, parts: 3 });
    const many = decodeNumbers(encodeNumbers(new Array(100_000).fill("999999999")), 100_000);
    for (let i = 0; i < 100; i++) sums.add(many, new Int32Array(100_000), 1);
    expect(valueOf(sums)).toBe(String(999_999_999n * 10_000_000n));
  });
});
