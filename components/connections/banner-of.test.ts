import { describe, expect, it } from "vitest";
import { bannersOf } from "./banner-of";

const connection = (changes: Partial<Parameters<typeof bannersOf>[0][number]>) => ({
  id: "c1",
  name: "Acme",
  status: "active" as const,
  statusReason: null,
  isSample: false,
  ...changes,
});

const kept = (changes: { isSample: boolean; isErasing?: boolean }) => ({
  id: "k1",
  name: "Old",
  isErasing: false,
  ...changes,
});

const kinds = (...input: Parameters<typeof bannersOf>) => bannersOf(...input).map(({ kind }) => kind);

describe("bannersOf", () => {
  it("says nothing while all is well", () => {
    expect(bannersOf([], [])).toEqual([]);
    expect(bannersOf([connection({})], [kept({ isSample: false })])).toEqual([]);
  });

  it("puts what is broken before what is paused, and hides neither that figures are invented", () => {
    const sample = connection({ id: "s", isSample: true });
    const paused = connection({ id: "p", status: "paused" });
    const broken = connection({ id: "b", status: "broken", statusReason: "auth" });
    expect(kinds([sample, paused, broken], [])).toEqual(["broken", "mixed"]);
    expect(kinds([sample, paused], [])).toEqual(["paused", "mixed"]);
    expect(kinds([connection({ isSample: true, status: "broken" })], [])).toEqual(["broken", "sample"]);
  });

  it("tells sample data alone from sample data beside real spend", () => {
    const sample = connection({ isSample: true });
    expect(kinds([sample], [])).toEqual(["sample"]);
    expect(kinds([sample, connection({})], [])).toEqual(["mixed"]);
    expect(kinds([sample], [kept({ isSample: false })])).toEqual(["mixed"]);
  });

  it("marks the history of a deleted sample until it is on its way out", () => {
    expect(kinds([], [kept({ isSample: true })])).toEqual(["sample"]);
    expect(kinds([connection({})], [kept({ isSample: true })])).toEqual(["mixed"]);
    expect(kinds([connection({})], [kept({ isSample: true, isErasing: true })])).toEqual([]);
  });
});
