import { describe, expect, it } from "vitest";
import { listChanges } from "./changes";

describe("what an event changed", () => {
  it("is told field by field, each side as it was", () => {
    expect(listChanges({ role: "reader", old: true }, { role: "admin", days: 7 })).toEqual([
      { field: "role", before: "reader", after: "admin" },
      { field: "old", before: "true", after: undefined },
      { field: "days", before: undefined, after: "7" },
    ]);
  });

  it("tells null from nothing, and lists and objects in full", () => {
    expect(listChanges(null, { expiresAt: null, scopes: ["a", "b"], nested: { n: [1] }, empty: [] })).toEqual([
      { field: "expiresAt", before: undefined, after: "null" },
      { field: "scopes", before: undefined, after: "a\nb" },
      { field: "nested", before: undefined, after: '{\n  "n": [\n    1\n  ]\n}' },
      { field: "empty", before: undefined, after: "" },
    ]);
  });

  it("is nothing where nothing was noted", () => expect(listChanges(null, null)).toEqual([]));
});
