import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CreateTokenInput } from "@/server/tokens/schema";
import { type TokenForm, tokenForm, toOrder, wrongAddress } from "./token-form-schema";

const NOW = Date.parse("2026-11-20T20:00:00Z");
const filled: TokenForm = { name: "CI", scopes: ["usage:read"], expires: "90", day: "", addresses: "" };
const problemsOf = (form: Partial<TokenForm>) =>
  tokenForm("Asia/Seoul")
    .safeParse({ ...filled, ...form })
    .error?.issues.map(({ path }) => path.join("."));

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe("the form for a token", () => {
  it.each<[string, Partial<TokenForm>, string[] | undefined]>([
    ["is right", {}, undefined],
    ["needs a name", { name: " " }, ["name"]],
    ["needs a scope", { scopes: [] }, ["scopes"]],
    ["needs a day where one is to be chosen", { expires: "day" }, ["day"]],
    ["takes today, which in Seoul has begun", { expires: "day", day: "2026-11-21" }, undefined],
    ["takes no day that is over", { expires: "day", day: "2026-11-20" }, ["day"]],
    ["takes no day in three years", { expires: "day", day: "2029-11-20" }, ["day"]],
    ["does not look at a day that is not asked for", { day: "2020-01-01" }, undefined],
    [
      "takes addresses in any order of lines and commas",
      { addresses: "192.0.2.1, 10.0.0.0/8\n2001:db8::/32" },
      undefined,
    ],
    ["takes addresses only", { addresses: "192.0.2.1 example.com" }, ["addresses"]],
    ["takes fifty of them", { addresses: "192.0.2.1 ".repeat(51) }, ["addresses"]],
  ])("%s", (_what, form, problems) => expect(problemsOf(form)).toEqual(problems));

  it("names the address that is wrong", () => {
    expect(wrongAddress("192.0.2.1,10.0.0.0/33")).toBe("10.0.0.0/33");
    expect(wrongAddress("")).toBeNull();
  });

  it.each<[string, Partial<TokenForm>, string | null]>([
    ["days from now", { expires: "30" }, "2026-12-20T20:00:00.000Z"],
    ["the end of a day in the organization's zone", { expires: "day", day: "2026-12-31" }, "2026-12-31T15:00:00.000Z"],
    ["never", { expires: "never" }, null],
  ])("becomes an order that ends: %s", (_what, form, expiresAt) => {
    const order = toOrder({ ...filled, ...form }, "Asia/Seoul", NOW);
    expect(CreateTokenInput.parse(order)).toMatchObject({ expiresAt, scopes: ["usage:read"] });
  });

  it("is accepted with the last day that can be chosen", () => {
    const order = toOrder({ ...filled, expires: "day", day: "2028-11-19" }, "Asia/Seoul", NOW);
    expect(problemsOf({ expires: "day", day: "2028-11-19" })).toBeUndefined();
    expect(CreateTokenInput.safeParse(order).success).toBe(true);
  });
});
