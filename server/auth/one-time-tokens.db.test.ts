import { describe, expect, it } from "vitest";
import { issueToken, peekToken, redeemToken } from "@/server/auth/one-time-tokens";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const order = (email: string) => ({ purpose: "magic_link", email, lifetimeMinutes: 15 }) as const;

describe("a one-time token", () => {
  it("works once, even for two at once", async () => {
    const token = await issueToken(order("once@example.com"));
    const results = await Promise.all([redeemToken("magic_link", token), redeemToken("magic_link", token)]);
    expect(results.filter(Boolean)).toEqual([{ email: "once@example.com", userId: null, data: null }]);
    expect(await peekToken("magic_link", token)).toBeNull();
  });

  it("is of one purpose", async () => {
    const token = await issueToken(order("purpose@example.com"));
    expect(await redeemToken("reset_password", token)).toBeNull();
    expect(await peekToken("magic_link", token)).toMatchObject({ email: "purpose@example.com" });
  });

  it("expires, and a newer one replaces it", async () => {
    const old = await issueToken(order("old@example.com"));
    const newer = await issueToken(order("old@example.com"));
    expect(await redeemToken("magic_link", old)).toBeNull();
    await database.owner.query("update one_time_tokens set expires_at = now() where used_at is null");
    expect(await redeemToken("magic_link", newer)).toBeNull();
  });

  it("is nowhere in the database", async () => {
    const token = await issueToken(order("hidden@example.com"));
    const { rows } = await database.owner.query("select t::text as row from one_time_tokens t");
    expect(rows.map(({ row }) => row).join()).not.toContain(token);
  });
});
