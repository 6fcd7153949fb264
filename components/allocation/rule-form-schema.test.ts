import { describe, expect, it } from "vitest";
import { fromRule, RuleForm, sumOf, toRule } from "./rule-form-schema";

const days = { from: "2026-11-01", last: "" };
const blank = { ...fromRule(null), ...days };
const share = (costCenterId: string, percent: string) => ({ costCenterId, percent });

describe("the form of a rule", () => {
  it.each([
    null,
    { method: "fixed" as const, shares: [share("a", "100")] },
    { method: "fixed" as const, shares: [share("a", "33.3333"), share("b", "50")] },
    { method: "proportional" as const, costCenterIds: ["a", "b"] },
  ])("says %j again", (rule) => {
    const form = { ...fromRule(rule), ...days, ...(rule ? {} : { kind: "none" as const }) };
    expect(toRule(form)).toEqual(rule);
  });

  it("leaves rows out that are empty", () => {
    expect(toRule({ ...blank, kind: "percent", shares: [share("a", "60"), share("", "")] })).toEqual({
      method: "fixed",
      shares: [share("a", "60")],
    });
  });

  it.each([
    ["no cost center", { kind: "single" as const }],
    ["more than a hundred percent", { kind: "percent" as const, shares: [share("a", "60"), share("b", "40.1")] }],
    ["a cost center twice", { kind: "percent" as const, shares: [share("a", "60"), share("a", "10")] }],
    ["nothing at all", { kind: "percent" as const, shares: [share("", "")] }],
    ["what is no number", { kind: "percent" as const, shares: [share("a", "1e1")] }],
    ["an end before its beginning", { kind: "none" as const, last: "2026-10-01" }],
  ])("refuses %s", (_, fields) => {
    expect(RuleForm.safeParse({ ...blank, ...fields }).success).toBe(false);
  });

  it("adds up what is given so far", () => {
    expect(sumOf([share("a", "33.3333"), share("b", "50"), share("c", "x"), share("", "")])).toBe("83.3333");
  });
});
