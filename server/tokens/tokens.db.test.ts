import { beforeAll, describe, expect, it } from "vitest";
import { addDays } from "@/server/lib/time";
import { accessAsToken } from "@/server/tokens/access-as-token";
import { AddressRange, type CreateTokenInput } from "@/server/tokens/schema";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
});

const inDays = (days: number) => addDays(new Date(), days).toISOString();
const order = { name: "CI", scopes: ["usage:read"], allowedIps: [], expiresAt: inDays(30) } satisfies CreateTokenInput;
const create = (input: Partial<CreateTokenInput> = {}) =>
  callAs(org.owner).tokens.create({ org: org.slug, ...order, ...input });

const from = (ip: string | null) => ({ requestId: "test", client: { ip, userAgent: null } });
const use = (token: string, ip: string | null = "192.0.2.1") => accessAsToken(token, "usage:read", from(ip));
const refused = { code: "unauthenticated", reason: "token_refused" };

describe("an API token", () => {
  it("opens its own org, for its scopes alone, and is named in the audit log", async () => {
    const { token, id } = await create();
    const access = await use(token);
    expect(access).toMatchObject({ org: { id: org.id }, actor: { type: "token", id, name: "CI" }, role: null });
    await expect(accessAsToken(token, "sync:run", from(null))).rejects.toMatchObject({ reason: "token_lacks_scope" });
  });

  it("is nowhere in the database", async () => {
    const { token } = await create();
    for (const table of ["api_tokens", "audit_events"]) {
      const { rows } = await database.owner.query(`select t::text as row from ${table} t`);
      expect(rows.map(({ row }) => row).join()).not.toContain(token.slice("tollkeeper_".length));
    }
  });

  it("ends when it is revoked and when it expires; what was never one is answered likewise", async () => {
    const revoked = await create();
    await callAs(org.owner).tokens.revoke({ org: org.slug, tokenId: revoked.id });
    const expired = await create();
    await database.owner.query("update api_tokens set expires_at = now() where id = $1", [expired.id]);
    for (const token of [revoked.token, expired.token, "tollkeeper_guess", ""]) {
      await expect(use(token)).rejects.toMatchObject(refused);
    }
  });

  it("works from the allowed addresses alone", async () => {
    const { token } = await create({ allowedIps: ["203.0.113.0/24", "2001:db8::/32"] });
    for (const ip of ["203.0.113.7", "::ffff:203.0.113.7", "2001:db8::1"]) await use(token, ip);
    for (const ip of ["203.0.114.7", "2001:db9::1", "nonsense", null]) {
      await expect(use(token, ip)).rejects.toMatchObject(refused);
    }
  });

  it.each([
    ["192.0.2.7", "192.0.2.7/32"],
    [" 2001:DB8::1 ", "2001:db8::1/128"],
    ["::ffff:192.0.2.7", "192.0.2.7/32"],
    ["10.0.0.0/8", "10.0.0.0/8"],
  ])("keeps the address %s as %s", (typed, kept) => expect(AddressRange.parse(typed)).toBe(kept));

  it.each(["10", "10.1", "010.0.0.1", "10.0.0.0/33", "10.0.0.0/", "example.com", "::1/129", ""])(
    "takes no address for %j",
    (typed) => expect(AddressRange.safeParse(typed).success).toBe(false),
  );

  it("notes when and from where it was used", async () => {
    const { token, id } = await create();
    await use(token, "192.0.2.9");
    const listed = await callAs(org.owner).tokens.list({ org: org.slug });
    expect(listed.find((entry) => entry.id === id)).toMatchObject({
      lastUsedIp: "192.0.2.9",
      lastUsedAt: expect.any(Date),
      createdBy: org.owner.email,
    });
    expect(JSON.stringify(listed)).not.toMatch(/hash/i);
  });

  it("cannot be given more than its maker may do", async () => {
    const admin = await makeMember(org, "admin");
    const reader = await makeMember(org, "reader");
    await callAs(admin).tokens.create({ org: org.slug, ...order, scopes: ["audit:read"] });
    await expect(callAs(reader).tokens.create({ org: org.slug, ...order })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(callAs(reader).tokens.list({ org: org.slug })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("goes on when its maker has left, which the list says", async () => {
  const admin = await makeMember(org, "admin");
  const { id, token } = await callAs(admin).tokens.create({ org: org.slug, ...order });
  const listed = async () => (await callAs(org.owner).tokens.list({ org: org.slug })).find((one) => one.id === id);
  expect(await listed()).toMatchObject({ createdBy: admin.email, isMakerGone: false });
  await callAs(org.owner).members.remove({ org: org.slug, userId: admin.id });
  expect(await listed()).toMatchObject({ createdBy: admin.email, isMakerGone: true, state: "active" });
  await use(token);
});

describe("the end of a token", () => {
  it("can be chosen to the minute, or left open", async () => {
    const until = inDays(12.5);
    const dated = await create({ expiresAt: until });
    const open = await create({ expiresAt: null });
    const listed = await callAs(org.owner).tokens.list({ org: org.slug });
    const expiryOf = (id: string) => listed.find((token) => token.id === id)?.expiresAt;
    expect(expiryOf(dated.id)).toEqual(new Date(until));
    expect(expiryOf(open.id)).toBeNull();
  });

  it.each([
    ["is over", -0.01],
    ["is further away than two years", 731],
  ])("is refused when it %s", async (_what, days) => {
    await expect(create({ expiresAt: inDays(days) })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("makes room for others", async () => {
    const crowded = await makeOrg();
    const fill = (state: string) =>
      database.owner.query(
        `insert into api_tokens (org_id, id, name, token_hash, last4, expires_at)
         select $1, gen_random_uuid(), 'old', gen_random_uuid(), '0000', ${state} from generate_series(1, 200)`,
        [crowded.id],
      );
    const another = () => callAs(crowded.owner).tokens.create({ org: crowded.slug, ...order });
    for (let times = 0; times < 3; times++) await fill("now() - interval '1 day'");
    const { id } = await another();
    const listed = await callAs(crowded.owner).tokens.list({ org: crowded.slug });
    expect([listed[0]?.id, listed.length]).toEqual([id, 501]);
    await fill("null");
    await expect(another()).rejects.toMatchObject({ cause: { reason: "too_many_tokens" } });
  });
});

describe("rotating a token", () => {
  it("gives a successor; both work until the overlap is over", async () => {
    const old = await create();
    const next = await callAs(org.owner).tokens.rotate({ org: org.slug, tokenId: old.id, overlapHours: 24 });
    expect(next.oldWorksUntil.getTime()).toBeCloseTo(Date.now() + 86_400_000, -5);
    await use(old.token);
    await use(next.token);
    await database.owner.query("update api_tokens set expires_at = expires_at - interval '24 hours' where id = $1", [
      old.id,
    ]);
    await expect(use(old.token)).rejects.toMatchObject(refused);
    await use(next.token);
  });

  it("makes no more of them than twice as many as there may be", async () => {
    const crowded = await makeOrg();
    const { id: tokenId } = await callAs(crowded.owner).tokens.create({ org: crowded.slug, ...order });
    await database.owner.query(
      `insert into api_tokens (org_id, id, name, token_hash, last4)
       select $1, gen_random_uuid(), 'old', gen_random_uuid(), '0000' from generate_series(1, 399)`,
      [crowded.id],
    );
    const rotate = callAs(crowded.owner).tokens.rotate({ org: crowded.slug, tokenId, overlapHours: 1 });
    await expect(rotate).rejects.toMatchObject({ cause: { reason: "too_many_tokens" } });
  });

  it("of two at once, one gets a successor", async () => {
    const { id: tokenId } = await create();
    const rotate = () => callAs(org.owner).tokens.rotate({ org: org.slug, tokenId, overlapHours: 1 });
    const results = await Promise.allSettled([rotate(), rotate()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("never makes the old one live longer", async () => {
    const { id: tokenId } = await create({ expiresAt: inDays(1) });
    const expiry = async () =>
      (await database.owner.query("select expires_at from api_tokens where id = $1", [tokenId])).rows[0].expires_at;
    const before = await expiry();
    await callAs(org.owner).tokens.rotate({ org: org.slug, tokenId, overlapHours: 168 });
    expect(await expiry()).toEqual(before);
  });
});
