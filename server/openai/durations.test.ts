import { describe, expect, it } from "vitest";
import { parseDuration, parseRetryAfter } from "./durations";

describe("duration texts", () => {
  it.each([
    ["120ms", 120],
    ["1s", 1_000],
    ["6m0s", 360_000],
    ["1h2m3s", 3_723_000],
    ["8.64s", 8_640],
    ["1d", 86_400_000],
    ["0s", 0],
    [" 2s ", 2_000],
  ])("%s is %i ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "soon", "12", "1s later", "-1s", "s", null, undefined])("%s is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe("how long to wait", () => {
  const now = Date.parse("2026-11-01T00:00:00Z");
  it.each([
    [{ "retry-after": "3" }, 3_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
    [{ "retry-after": "Sun, 01 Nov 2026 00:00:30 GMT" }, 30_000],
    [{ "retry-after": "Sat, 31 Oct 2026 00:00:00 GMT" }, 0],
    [{ "retry-after": "later" }, null],
    [{}, null],
  ] as [Record<string, string>, number | null][])("%j is %s", (headers, ms) => {
    expect(parseRetryAfter(new Headers(headers), now)).toBe(ms);
  });

  it("is unknown without headers", () => expect(parseRetryAfter(undefined)).toBeNull());
});
