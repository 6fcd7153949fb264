import { beforeAll, describe, expect, it } from "vitest";
import { authenticate } from "@/server/auth/authenticate";
import { findSessionUser, revokeSession, startSession } from "@/server/auth/sessions";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";

const database = useTestDatabase();
let user: Awaited<ReturnType<typeof makeUser>>;

beforeAll(async () => {
  user = await makeUser();
});

describe("signing in", () => {
  it("works with the right password, whatever the case of the address", async () => {
    expect(await authenticate({ email: user.email.toUpperCase(), password: PASSWORD })).toMatchObject({ id: user.id });
  });

  it.each([
    ["a wrong password", () => ({ email: user.email, password: "not this one at all" })],
    ["an unknown address", () => ({ email: "nobody@example.com", password: PASSWORD })],
    ["an empty password", () => ({ email: user.email, password: "" })],
    ["a password of a megabyte", () => ({ email: user.email, password: "x".repeat(1_000_000) })],
    ["no credentials", () => null],
    ["credentials of other types", () => ({ email: { $ne: "" }, password: ["x"] })],
  ])("answers %s with nothing more than no", async (_name, credentials) => {
    expect(await authenticate(credentials())).toBeNull();
  });

  it("stores the password as argon2id only", async () => {
    const { rows } = await database.owner.query("select password_hash from users where id = $1", [user.id]);
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$/);
  });
});

describe("signing up", () => {
  it("refuses a taken address, whatever its case", async () => {
    const attempt = callAs(null).auth.signUp({ email: user.email.toUpperCase(), password: PASSWORD, name: "Eve" });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("refuses a short password", async () => {
    const attempt = callAs(null).auth.signUp({ email: "new@example.com", password: "elevenchars", name: "Eve" });
    await expect(attempt).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("by two at once makes one account", async () => {
    const input = { email: "twice@example.com", password: PASSWORD, name: "Eve" };
    const results = await Promise.allSettled([callAs(null).auth.signUp(input), callAs(null).auth.signUp(input)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

const byPassword = { method: "password", twoFactor: false };

describe("a session", () => {
  const set = (column: string, value: string, id: string) =>
    database.owner.query(`update user_sessions set ${column} = ${value} where id = $1`, [id]);

  it("is somebody until it is revoked", async () => {
    const session = await startSession(user.id, byPassword);
    expect(await findSessionUser(session)).toMatchObject({ id: user.id });
    await revokeSession(session);
    expect(await findSessionUser(session)).toBeNull();
  });

  it("ends when it is too old, and when it was idle for too long", async () => {
    const old = await startSession(user.id, byPassword);
    await set("expires_at", "now() - interval '1 second'", old);
    const idle = await startSession(user.id, byPassword);
    await set("last_seen_at", "now() - interval '15 days'", idle);
    expect([await findSessionUser(old), await findSessionUser(idle)]).toEqual([null, null]);
  });

  it("notes that it is in use", async () => {
    const session = await startSession(user.id, byPassword);
    await set("last_seen_at", "now() - interval '1 day'", session);
    await findSessionUser(session);
    const { rows } = await database.owner.query(
      "select now() - last_seen_at < interval '1 minute' as recent from user_sessions where id = $1",
      [session],
    );
    expect(rows[0].recent).toBe(true);
  });
});

describe("organizations", () => {
  it("may share a name: the slug tells them apart", async () => {
    const [a, b] = await Promise.all([makeOrg("Twin"), makeOrg("Twin")]);
    expect(a.slug).not.toBe(b.slug);
  });

  it("are listed to their members alone, and one person may be in several", async () => {
    const org = await makeOrg("Mine");
    const { slug } = await callAs(org.owner).orgs.create({ name: "Mine as well" });
    expect((await callAs(org.owner).orgs.list()).map((entry) => entry.slug).sort()).toEqual([org.slug, slug].sort());
    expect(await callAs(user).orgs.list()).toEqual([]);
  });

  it("come with an audit row that says who made them", async () => {
    const org = await makeOrg("Audited");
    const { rows } = await database.owner.query(
      "select actor_type, actor_id, action, after from audit_events where org_id = $1",
      [org.id],
    );
    expect(rows).toEqual([
      { actor_type: "user", actor_id: org.owner.id, action: "org.create", after: { slug: org.slug } },
    ]);
  });
});
