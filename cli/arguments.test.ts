import { describe, expect, it } from "vitest";
import { dayArgument, dayRange, integerArgument, listArgument } from "@/cli/arguments";

describe("a list", () => {
  const groups = listArgument(["day", "project", "user"]);

  it("keeps its order, forgives spaces, and counts repetitions once", () => {
    expect(groups("user, day,user")).toEqual(["user", "day"]);
  });

  it.each(["", "day,", "Day", "day;user", "day,team"])("%j is refused", (text) => {
    expect(() => groups(text)).toThrow("Choose from day, project, user.");
  });
});

it.each(["2026-10-01", "2024-02-29"])("%s is a day", (text) => {
  expect(dayArgument(text)).toBe(text);
});

it.each(["2026-02-29", "2026-1-1", "26-01-01", "yesterday", "2019-12-31", "2026-10-01 "])("%j is none", (text) => {
  expect(() => dayArgument(text)).toThrow("UTC day from 2020-01-01 on");
});

it("a range holds at least one day and at most five years", () => {
  expect(dayRange("2026-10-01", "2026-10-02")).toEqual({ from: "2026-10-01", to: "2026-10-02" });
  expect(() => dayRange("2026-10-02", "2026-10-02")).toThrow("exclusive");
  expect(() => dayRange("2026-10-02", "2026-10-01")).toThrow("exclusive");
  expect(() => dayRange("2020-01-01", "2026-01-01")).toThrow("five years");
});

it.each(["-1", "1.5", "1e3", "", "ten"])("%j is no whole number", (text) => {
  expect(() => integerArgument(text)).toThrow("whole number");
});
