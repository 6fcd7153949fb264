import { expect, it } from "vitest";
import type { DailySeries, Member } from "@/server/usage/schema";
import { coloredKeys, openDaysOf, toChartMembers } from "./chart-input";

const member = (key: string | null, isOther = false): Member & { isOther: boolean } => ({
  key,
  name: key && `Name of ${key}`,
  detail: null,
  state: "active",
  kind: "project",
  isOther,
});
const series: DailySeries = {
  days: ["2026-11-19", "2026-11-20"],
  members: [member("a"), member("other"), member(null), member(null, true)],
  values: [],
};

it("nobody and Other are two things, and neither is a member that happens to be called so", () => {
  const words = {
    label: ({ name }: Member) => name ?? "Unattributed",
    other: "Other",
    href: ({ key }: Member) => `/p/${key}`,
  };
  const members = toChartMembers(series, "project", words);
  expect(members.map(({ kind }) => kind)).toEqual(["entity", "entity", "unattributed", "other"]);
  expect(new Set(members.map(({ key }) => key)).size).toBe(4);
  expect(members[3]).toEqual({ key: "other", label: "Other", kind: "other" });
});

it("only members take a colour, and the same id in two dimensions takes two", () => {
  expect(coloredKeys(series.members, "project")).toEqual(["project:a", "project:other"]);
  expect(coloredKeys(series.members, "user")).toEqual(["user:a", "user:other"]);
});

it("today is still open", () => {
  expect(openDaysOf(series.days, "2026-11-20")).toEqual(["2026-11-20"]);
  expect(openDaysOf(series.days, "2026-12-01")).toEqual([]);
});
