import { describe, expect, it } from "vitest";
import { PLANNED_ANEW, statementNames } from "@/server/db/statement-names";

describe("names of statements", () => {
  it("are the same for the same text, and differ between texts", () => {
    const nameOf = statementNames();
    const first = nameOf("select 1");
    expect(first).not.toBe("");
    expect(nameOf("select 1")).toBe(first);
    expect(nameOf("\n  SELECT 2")).not.toBe(first);
  });

  it("are for reads alone", () => {
    const nameOf = statementNames();
    expect(nameOf("BEGIN")).toBe("");
    expect(nameOf("insert into t select 1")).toBe("");
  });

  it("are not spent on texts made to the length of a list", () => {
    const nameOf = statementNames();
    expect(nameOf('SELECT "id" FROM "t" WHERE "id" IN ($1,$2,$3)')).toBe("");
  });

  it("are not for what is to be planned each time", () =>
    expect(statementNames()(`with chosen as (select 1) ${PLANNED_ANEW} select * from chosen`)).toBe(""));

  it("end at a limit; those given stay", () => {
    const nameOf = statementNames(1);
    const first = nameOf("select 1");
    expect(nameOf("select 2")).toBe("");
    expect(nameOf("select 1")).toBe(first);
  });
});
