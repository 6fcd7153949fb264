import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noDimensions } from "@/server/usage/normalise";
import { type GivenDimensions, SeriesTable } from "@/server/usage/series";

const describeGiven = ([projectId, model]: GivenDimensions) => ({
  ...noDimensions,
  projectId: String(projectId),
  model: String(model),
});

describe("series of what the provider gave", () => {
  it("have the numbers of their first appearance, in whatever order they come again", () => {
    const value = fc.constantFrom("a", "b", "c", null, undefined, true);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 60 }), (results) => {
        const table = new SeriesTable();
        const names = [...new Set(results.map(([project, model]) => `${project} ${model}`))];
        for (const given of results) {
          const number = table.numberOfGiven(given, () => describeGiven(given));
          expect(names[number]).toBe(given.map(String).join(" "));
        }
        expect(table.list).toHaveLength(names.length);
      }),
    );
  });

  it("are described once where they come in the same order bucket after bucket", () => {
    const table = new SeriesTable();
    let described = 0;
    const results: GivenDimensions[] = [["a"], ["b"], ["c"]];
    for (let bucket = 0; bucket < 5; bucket++)
      for (const given of results) {
        table.numberOfGiven(given, () => {
          described++;
          return describeGiven(given);
        });
      }
    expect(described).toBe(3);
  });
});
