import { beforeAll, describe, expect, it } from "vitest";
import { hash } from "@node-rs/argon2";
import { isHashOutdated } from "@/server/auth/password";
import { endSession, findSessionUser, startSession } from "@/server/auth/sessions";
import { REFUSAL_MS, signIn } from "@/server/auth/sign-in";
import { noClient } from "@/server/lib/client-info";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";

const database = useTestDatabase();
const client = { ip: "192.0.2.1", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" };
let user: Awaited<ReturnType<typeof makeUser>>;

beforeAll(async () => {
  user = await makeUser();
});

const hashOf = async () =>
  (await database.owner.query("select password_hash from users where id = $1", [user.id])).rows[0].password_hash;

describe("signing in by password", () => {
  it("works with the right one, whatever the case of the address", async () => {
    expect(await signIn({ email: user.email.toUpperCase(), password: PASSWORD }, client)).toMatchObject({
      kind: "signed_in",
      account: { id: user.id },
      proof: { method: "password", twoFactor: false },
    });
  });

  const wrong: [string, () => unknown][] = [
    ["a wrong password", () => ({ email: user.email, password: "not this one at all" })],
    ["an unknown address", () => ({ email: "nobody@example.com", password: PASSWORD })],
    ["an empty password", () => ({ email: user.email, password: "" })],
    ["a password of a megabyte", () => ({ email: user.email, password: "x".repeat(1_000_000) })],
    ["no credentials", () => null],
    ["credentials of other types", () => ({ email: { $ne: "" }, password: ["x"] })],
  ];

  it.each(wrong)("answers %s with nothing more than no, as late as any other", async (_name, credentials) => {
    const startedAt = performance.now();
    await expect(signIn(credentials(), client)).rejects.toMatchObject({
      code: "unauthenticated",
      reason: "wrong_credentials",
      details: {},
    });
    expect(performance.now() - startedAt).toBeGreaterThan(REFUSAL_MS - 5);
  });

  it("stores the password as argon2id only", async () => {
    expect(await hashOf()).toMatch(/^\$argon2id\$/);
  });

  it("makes a hash of other parameters anew, of the same password", async () => {
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    expect(isHashOutdated(weak)).toBe(true);
    await database.owner.query("update users set password_hash = $2 where id = $1", [user.id, weak]);
    await signIn({ email: user.email, password: PASSWORD }, client);
    expect(isHashOutdated(await hashOf())).toBe(false);
    await signIn({ email: user.email, password: PASSWORD }, client);
  });
});

describe("a session", () => {
  const proof = { method: "password", twoFactor: false };
  const start = () => startSession({ account: user, proof, client });
  const set = (column: string, value: string, id: string) =>
    database.owner.query(`update user_sessions set ${column} = ${value} where id = $1`, [id]);

  it("is somebody until it is ended", async () => {
    const session = await start();
    expect(await findSessionUser(session)).toMatchObject({ id: user.id });
    await endSession(session);
    expect(await findSessionUser(session)).toBeNull();
  });

  it("ends when it is too old, and when it was idle for too long", async () => {
    const old = await start();
    await set("expires_at", "now() - interval '1 second'", old);
    const idle = await start();
    await set("last_seen_at", "now() - interval '15 days'", idle);
    expect([await findSessionUser(old), await findSessionUser(idle)]).toEqual([null, null]);
  });

  it("lasts thirty days at most, however much it is used", async () => {
    const session = await start();
    await findSessionUser(session);
    const { rows } = await database.owner.query(
      "select expires_at - created_at <= interval '30 days' as bounded from user_sessions where id = $1",
      [session],
    );
    expect(rows[0].bounded).toBe(true);
  });

  it("notes that it is in use", async () => {
    const session = await start();
    await set("last_seen_at", "now() - interval '1 day'", session);
    await findSessionUser(session);
    const { rows } = await database.owner.query(
      "select now() - last_seen_at < interval '1 minute' as recent from user_sessions where id = $1",
      [session],
    );
    expect(rows[0].recent).toBe(true);
  });

  it("takes the place of the browser's previous one, whoever's that was", async () => {
    const other = await makeUser("Other");
    const previousSessionId = await startSession({ account: other, proof, client });
    const session = await startSession({ account: user, proof, client, previousSessionId });
    expect(await findSessionUser(previousSessionId)).toBeNull();
    expect(await findSessionUser(session)).not.toBeNull();
  });
});

describe("what happens at sign-in", () => {
  const eventsOf = async (id: string) =>
    (await database.owner.query("select action, method, ip from account_events where user_id = $1 order by at", [id]))
      .rows;
  const auditOf = async (orgId: string, action: string) =>
    (
      await database.owner.query(
        "select actor_type, actor_id, actor_name, ip, target_id, after from audit_events where org_id = $1 and action = $2",
        [orgId, action],
      )
    ).rows;

  it("is in the person's history and in the audit log of each of their orgs, and of no other", async () => {
    const [first, second, foreign] = [await makeOrg("First"), await makeOrg("Second"), await makeOrg("Foreign")];
    const ada = await makeMember(first, "reader");
    await second.access.inScope((scope) =>
      scope.db.membership.create({ data: { orgId: second.id, userId: ada.id, role: "admin" } }),
    );
    await startSession({ account: ada, proof: { method: "magic_link", twoFactor: false }, client });
    expect(await eventsOf(ada.id)).toEqual([{ action: "session.start", method: "magic_link", ip: client.ip }]);
    const row = {
      actor_type: "user",
      actor_id: ada.id,
      actor_name: ada.email,
      ip: client.ip,
      target_id: ada.id,
      after: { method: "magic_link" },
    };
    expect(await auditOf(first.id, "session.start")).toEqual([row]);
    expect(await auditOf(second.id, "session.start")).toEqual([row]);
    expect(await auditOf(foreign.id, "session.start")).toEqual([]);
  });

  it("failures are written too: all for the person, ten an hour for the orgs, by somebody unknown", async () => {
    const org = await makeOrg("Attacked");
    const attempt = (n: number) =>
      signIn(
        { email: org.owner.email, password: "not the password" },
        { ip: `198.51.100.${n}`, userAgent: null },
      ).catch(() => null);
    await Promise.all(Array.from({ length: 14 }, (_, n) => attempt(n)));
    expect(await eventsOf(org.owner.id)).toHaveLength(14);
    const rows = await auditOf(org.id, "session.fail");
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatchObject({ actor_type: "anonymous", actor_id: null, target_id: org.owner.id });
  });

  it("two people of the same orgs at once do not lock each other out", async () => {
    const [a, b] = [await makeOrg("A"), await makeOrg("B")];
    for (const [org, guest] of [
      [a, b.owner],
      [b, a.owner],
    ] as const) {
      await org.access.inScope((scope) =>
        scope.db.membership.create({ data: { orgId: org.id, userId: guest.id, role: "admin" } }),
      );
    }
    const start = (account: typeof user) =>
      startSession({ account, proof: { method: "password", twoFactor: false }, client: noClient });
    await Promise.all(Array.from({ length: 12 }, (_, n) => start(n % 2 ? a.owner : b.owner)));
    expect(await auditOf(a.id, "session.start")).toHaveLength(12);
    expect(await auditOf(b.id, "session.start")).toHaveLength(12);
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

  it("are made by one person no more than twenty in half a day", async () => {
    const founder = await makeUser("Founder");
    const create = () => callAs(founder).orgs.create({ name: "One of many" });
    const outcomes = await Promise.allSettled(Array.from({ length: 22 }, create));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    await expect(create()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
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
