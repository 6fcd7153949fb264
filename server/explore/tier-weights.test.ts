import { describe, expect, it } from "vitest";
import { STANDARD_WEIGHT, weightOf } from "@/server/explore/tier-weights";

const day = "2026-10-01";

/** How many times the standard price. */
const multiple = (model: string, serviceTier: string, { batch = "", kind = "input" as const } = {}) => {
  const { weight, isAssumed } = weightOf({ model, batch, serviceTier }, kind, day);
  return { times: Number(weight) / STANDARD_WEIGHT, isAssumed };
};

describe("a token of a tier counts", () => {
  it("as much of a standard one as the list says of its model", () => {
    expect(multiple("gpt-4o", "priority")).toEqual({ times: 1.7, isAssumed: false });
    expect(multiple("gpt-5.5", "priority")).toEqual({ times: 2.5, isAssumed: false });
    expect(multiple("gpt-5", "flex")).toEqual({ times: 0.5, isAssumed: false });
    expect(multiple("gpt-5-2025-08-07", "fast")).toEqual({ times: 2, isAssumed: false });
  });

  it("as one where no tier is named, the standard one is, or one that nobody knows", () => {
    for (const tier of ["", "default", "auto", "scale"]) {
      expect(multiple("gpt-5", tier)).toEqual({ times: 1, isAssumed: false });
    }
  });

  it("as is usual where the list has no price of the tier, and says so", () => {
    expect(multiple("gpt-of-nobody", "priority")).toEqual({ times: 2, isAssumed: true });
    expect(multiple("gpt-of-nobody", "flex")).toEqual({ times: 0.5, isAssumed: true });
    expect(multiple("gpt-4.1", "flex")).toEqual({ times: 0.5, isAssumed: true });
  });

  it("as a batch's in a batch, whatever the tier", () => {
    expect(multiple("gpt-of-nobody", "priority", { batch: "true" })).toEqual({ times: 0.5, isAssumed: true });
  });
});
