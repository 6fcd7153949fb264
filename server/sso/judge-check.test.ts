import { describe, expect, it } from "vitest";
import { addDays } from "@/server/lib/time";
import { judgeCheck } from "@/server/sso/judge-check";
import type { DomainFailure } from "@/server/sso/schema";

const start = new Date("2026-03-01T04:40:00Z");

/** What becomes of a domain whose checks end so, day after day. */
function outcomesOf(checks: readonly (DomainFailure | null)[]) {
  let row: { failingSince: Date | null; checkedAt: Date | null } = {
    failingSince: null,
    checkedAt: addDays(start, -1),
  };
  return checks.map((failure, day) => {
    const now = addDays(start, day);
    const { outcome, failingSince } = judgeCheck(row, failure, now);
    row = { failingSince, checkedAt: now };
    return outcome;
  });
}

const days = <T>(count: number, value: T) => Array.from({ length: count }, () => value);
const missing = "domain_record_missing" as DomainFailure;

describe("a verified domain", () => {
  it("is lost after a week without its record, and its owners are warned once", () => {
    expect(outcomesOf(days(8, missing))).toEqual(["failing", "warned", ...days(5, "failing"), "lost"]);
  });

  it("that fails once is nobody's business", () => {
    expect(outcomesOf([missing, null, "domain_dns_timeout", null])).toEqual(["failing", "fine", "failing", "fine"]);
  });

  it("begins its grace anew once it was fine", () => {
    expect(outcomesOf([...days(6, missing), null, ...days(7, missing)])).not.toContain("lost");
  });

  it("is not lost as long as nobody answers", () => {
    for (const failure of ["domain_dns_timeout", "domain_dns_failed"] as const) {
      expect(outcomesOf(days(30, failure)).filter((outcome) => outcome !== "failing")).toEqual(["warned"]);
    }
  });

  it("is lost at the first answer after a week of silence", () => {
    expect(outcomesOf([...days(9, "domain_dns_timeout" as const), "domain_record_other"]).at(-1)).toBe("lost");
  });

  it("is warned about, too, when checks were not made for days", () => {
    const row = { failingSince: start, checkedAt: start };
    expect(judgeCheck(row, missing, addDays(start, 3))).toEqual({ failingSince: start, outcome: "warned" });
  });
});
