import { describe, expect, it } from "vitest";
import { AuditExportInput, AuditFilter } from "@/server/audit/schema";
import { exportPath, groups, isFiltered, loadAuditParams, toQuery } from "./audit-params";

const read = (address: string) => loadAuditParams(new URLSearchParams(address));
const asked = (address: string) => toQuery(read(address), "Asia/Seoul");

describe("the address of the audit log", () => {
  it("asks for everything when it says nothing", () => {
    expect(isFiltered(read(""))).toBe(false);
    expect(AuditFilter.parse(asked(""))).toEqual({ limit: 50 });
  });

  it("means days of the organization's zone", () => {
    expect(asked("from=2026-11-20&to=2026-11-21")).toMatchObject({
      from: "2026-11-19T15:00:00.000Z",
      to: "2026-11-20T15:00:00.000Z",
    });
  });

  it("holds nothing that the server would refuse, whatever somebody typed", () => {
    const typed = `q=${"x".repeat(200)}&actor=somebody&action=hats,members&target=t&from=yesterday&to=2026-02-30`;
    expect(asked(typed)).toEqual({ search: "x".repeat(100), action: "members", target: "t" });
  });

  it.each([
    ...groups.map((group) => `action=${group}`),
    "actor=job",
    "actor=user:1",
    "target=x",
    "q=x",
    "from=2026-11-20",
  ])("with %s is understood by the list and by the file", (address) => {
    expect(isFiltered(read(address))).toBe(true);
    expect(AuditFilter.safeParse(asked(address)).error).toBeUndefined();
    const { searchParams } = new URL(exportPath("acme", asked(address), "csv"), "http://localhost");
    expect(AuditExportInput.parse(Object.fromEntries(searchParams))).toEqual(
      AuditExportInput.parse({ ...asked(address), format: "csv" }),
    );
  });
});
