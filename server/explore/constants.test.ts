import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ExploreFilter,
  exploreDimensions,
  formatFilter,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
  parseFilter,
} from "./constants";

const dimension = fc.constantFrom(...exploreDimensions);
const text = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });
const filter: fc.Arbitrary<ExploreFilter> = fc.oneof(
  fc.record({
    dimension,
    op: fc.constantFrom("in" as const, "not_in" as const),
    values: fc.array(fc.option(fc.oneof(text, fc.constant("(none)"))), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ dimension, op: fc.constant("search" as const), text }),
);

describe("filters as text", () => {
  it("come back as they were, whatever the names hold", () => {
    fc.assert(
      fc.property(filter, (given) => {
        const written = formatFilter(given);
        expect(written).not.toContain(";");
        expect(parseFilter(written)).toEqual(given);
      }),
    );
  });

  it("read as people write them", () => {
    expect(formatFilter({ dimension: "project", op: "in", values: ["proj_a", null] })).toBe("project=proj_a,(none)");
    expect(parseFilter("model!=gpt-4o, input")).toEqual({
      dimension: "model",
      op: "not_in",
      values: ["gpt-4o", " input"],
    });
    expect(parseFilter("user~Anna")).toEqual({ dimension: "user", op: "search", text: "Anna" });
  });

  it.each([
    "",
    "project",
    "project=",
    "project=a,,b",
    "team=a",
    "model=%E0%A4",
    "model~%",
    `model~${"x".repeat(MAX_FILTER_TEXT + 1)}`,
    `model=${Array.from({ length: MAX_FILTER_VALUES + 1 }, (_, i) => i).join(",")}`,
  ])("%j is none", (written) => {
    expect(parseFilter(written)).toBeNull();
  });
});
