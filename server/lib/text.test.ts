import fc from "fast-check";
import { expect, it } from "vitest";
import { storableJson, storableText } from "@/server/lib/text";

it.each([
  ["a\0b", "ab"],
  ["C:\\u0000", "C:\\u0000"],
  ["half \ud83d", "half \ufffd"],
  ["whole 😀", "whole 😀"],
])("%j is stored as %j", (text, stored) => expect(storableText(text)).toBe(stored));

it("reaches every text of a value, keys too, and leaves the rest alone", () => {
  const value = { "k\0": ["\ud800", 1, null, { deep: "x\0", flag: true }] };
  expect(storableJson(value)).toEqual({ k: ["\ufffd", 1, null, { deep: "x", flag: true }] });
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      // PostgreSQL takes well-formed JSON without the escape of NUL.
      const text = JSON.stringify(storableJson(json));
      expect(text.isWellFormed() && !/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i.test(text)).toBe(true);
    }),
  );
});
