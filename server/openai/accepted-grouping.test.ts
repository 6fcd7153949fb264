import { describe, expect, it, vi } from "vitest";
import { withAcceptedGrouping } from "./accepted-grouping";
import { ProviderError } from "./errors";

const refused = (status: number) => new ProviderError("bad_request", { status });

describe("asking with the finest grouping that is accepted", () => {
  it("goes on to the next one after a 400, and tells which it was", async () => {
    const ask = vi.fn(async (grouping: string) => (grouping === "fine" ? Promise.reject(refused(400)) : "answer"));
    expect(await withAcceptedGrouping(["fine", "coarse", "none"], ask)).toEqual({
      grouping: "coarse",
      value: "answer",
    });
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("throws the last refusal when none is accepted", async () => {
    await expect(withAcceptedGrouping(["a", "b"], () => Promise.reject(refused(400)))).rejects.toMatchObject({
      status: 400,
    });
  });

  it.each([
    refused(404),
    new ProviderError("permission", { status: 403 }),
    new ProviderError("transient"),
    new Error("bug"),
  ])("does not try again after %s", async (error) => {
    const ask = vi.fn(() => Promise.reject(error));
    await expect(withAcceptedGrouping(["a", "b"], ask)).rejects.toBe(error);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
