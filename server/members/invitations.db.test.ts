import { describe, expect, it, beforeAll } from "vitest";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { invite } from "@/server/members/invite";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
type Person = Awaited<ReturnType<typeof makeUser>>;

let org: TestOrg;
let admin: Person;

beforeAll(async () => {
  org = await makeOrg("Acme & Söhne");
  admin = await makeMember(org, "admin");
});

const tokenOf = (link: string | null) => link?.match(/\/invitations\/([\w-]{43})$/)?.[1] ?? expect.fail(`${link}`);

/** Invites one address; without a mail server the link is the inviter's to pass on. */
async function inviteOne(email: string, role: "owner" | "admin" | "reader" = "reader", by: Person = org.owner) {
  const [result] = await callAs(by).members.invite({ org: org.slug, addresses: [email], role });
  return { ...result, token: result?.link ? tokenOf(result.link) : "" };
}

const openOnes = () => callAs(admin).members.invitations({ org: org.slug });
const idOf = async (email: string) =>
  (await openOnes()).find((one) => one.email === email)?.id ?? expect.fail("not open");

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: { cause?: { reason?: string } }) => error.cause?.reason ?? String(error),
  );

const accept = (person: Person, token: string) => callAs(person).members.accept({ token });
const view = (person: Person | null, token: string) => callAs(person).members.invitation({ token });
const roleOf = async (person: Person) =>
  (await callAs(person).orgs.list()).find(({ slug }) => slug === org.slug)?.role ?? null;
const query = async (text: string, values: unknown[] = []) => (await database.owner.query(text, values)).rows;

describe("inviting", () => {
  it("says of each address what became of it, in order", async () => {
    await inviteOne("pending@example.com");
    const addresses = [
      " New@Example.com ",
      admin.email,
      "pending@example.com",
      "not an address",
      "new@example.com",
      "",
      "@example.com",
    ];
    const results = await callAs(admin).members.invite({ org: org.slug, addresses, role: "reader" });
    expect(results.map(({ address, status }) => [address, status])).toEqual([
      ["new@example.com", "invited"],
      [admin.email, "already_member"],
      ["pending@example.com", "already_invited"],
      ["not an address", "not_an_address"],
      ["new@example.com", "already_invited"],
      ["", "not_an_address"],
      ["@example.com", "not_an_address"],
    ]);
  });

  it("stores the token's hash only, and mails a link that fits it", async () => {
    const { token } = await inviteOne("hashed@example.com");
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const everything = JSON.stringify([await query("select * from invitations"), await query("select * from mails")]);
    expect(everything).not.toContain(token);
    expect(JSON.stringify(await query("select * from audit_events"))).not.toContain(token);
    const mail = (await listOutbox()).find(({ recipient }) => recipient === "hashed@example.com");
    const { subject, text } = await readOutboxMail(mail?.id ?? "");
    expect(subject).toBe("Ada invites you to Acme & Söhne");
    expect(text).toContain(`/invitations/${token}`);
  });

  it("expires after seven days, or after what was asked, between 1 and 30", async () => {
    const days = async (email: string) => {
      const [row] = await query(
        "select extract(epoch from expires_at - created_at) / 86400 as n from invitations where email = $1",
        [email],
      );
      return Math.round(Number(row?.n));
    };
    await inviteOne("week@example.com");
    expect(await days("week@example.com")).toBe(7);
    const ask = (expiresInDays: number) =>
      callAs(admin).members.invite({ org: org.slug, addresses: ["month@example.com"], role: "reader", expiresInDays });
    await ask(30);
    expect(await days("month@example.com")).toBe(30);
    for (const wrong of [0, 31, 1.5]) await expect(ask(wrong)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("as an owner is the owners' right, also to send it again and to take it back", async () => {
    expect(await reasonOf(inviteOne("boss@example.com", "owner", admin))).toBe("owners_only");
    await inviteOne("boss@example.com", "owner");
    const invitationId = await idOf("boss@example.com");
    expect(await reasonOf(callAs(admin).members.resendInvitation({ org: org.slug, invitationId }))).toBe("owners_only");
    expect(await reasonOf(callAs(admin).members.revokeInvitation({ org: org.slug, invitationId }))).toBe("owners_only");
  });

  it("is not for readers, who do not see invitations either", async () => {
    const reader = await makeMember(org, "reader");
    expect(await reasonOf(inviteOne("x@example.com", "reader", reader))).toBe("role_lacks_permission");
    expect(await reasonOf(callAs(reader).members.invitations({ org: org.slug }))).toBe("role_lacks_permission");
  });

  it("of one address by two at once makes one invitation", async () => {
    const both = await Promise.all([inviteOne("race@example.com"), inviteOne("race@example.com", "admin", admin)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["already_invited", "invited"]);
    expect((await openOnes()).filter(({ email }) => email === "race@example.com")).toHaveLength(1);
  });

  it("takes 200 addresses at once and not one more, and only so many a day", async () => {
    const crowd = await makeOrg("Crowd");
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, n) => `${prefix}${n}@example.com`);
    const inviteMany = (addresses: string[]) =>
      callAs(crowd.owner).members.invite({ org: crowd.slug, addresses, role: "reader" });
    await expect(inviteMany(many("z", 201))).rejects.toMatchObject({ code: "BAD_REQUEST" });
    for (const prefix of ["a", "b"]) {
      const results = await inviteMany(many(prefix, 200));
      expect(results.filter(({ status }) => status === "invited")).toHaveLength(200);
    }
    expect(await reasonOf(inviteMany(many("c", 101)))).toBe("too_many_invitations");
    expect(await inviteMany(many("c", 100))).toHaveLength(100);
    const [row] = await query("select count(*)::int as n from invitations where org_id = $1", [crowd.id]);
    expect(row?.n).toBe(500);
  });

  it("is throttled per org, with the time to wait", async () => {
    const busy = await makeOrg("Busy");
    const attempt = () => invite(busy.access, { addresses: ["nobody"], role: "reader", expiresInDays: 7 });
    for (let n = 0; n < 60; n += 1) await attempt();
    await expect(attempt()).rejects.toMatchObject({
      reason: "too_many_attempts",
      retryAfterSeconds: expect.any(Number),
    });
  });
});

describe("the holder of a token", () => {
  it("sees who invites whom to what, signed in or not", async () => {
    const { token } = await inviteOne("seen@example.com", "admin");
    const open = {
      state: "open",
      org: { name: "Acme & Söhne", slug: org.slug },
      inviter: "Ada",
      email: "seen@example.com",
      role: "admin",
      expiresAt: expect.any(String),
    };
    expect(await view(null, token)).toEqual({ ...open, viewer: "nobody" });
    expect(await view(admin, token)).toEqual({ ...open, viewer: "other" });
  });

  it.each(["", "x", "../../etc", "a".repeat(43), "🙂".repeat(20)])("%j is nobody's token", async (token) => {
    expect(await view(null, token)).toEqual({ state: "unknown" });
    expect(await reasonOf(accept(admin, token))).toBe("invitation_unknown");
  });
});

describe("accepting", () => {
  it("makes the invited person a member in the invited role, once, and is on record", async () => {
    const person = await makeUser("Grace");
    const { token } = await inviteOne(person.email, "admin");
    expect(await view(person, token)).toMatchObject({ viewer: "invited" });
    expect(await accept(person, token)).toEqual({ slug: org.slug });
    expect(await roleOf(person)).toBe("admin");
    expect(await view(person, token)).toMatchObject({ state: "used" });
    const joins = await query(
      "select actor_id, after from audit_events where action = 'member.join' and target_id = $1",
      [person.id],
    );
    expect(joins).toEqual([{ actor_id: person.id, after: { role: "admin", invitationId: expect.any(String) } }]);
  });

  it("is for the invited address alone", async () => {
    const { token } = await inviteOne("somebody@example.com");
    const thief = await makeUser("Eve");
    expect(await reasonOf(accept(thief, token))).toBe("invitation_other_address");
    expect(await roleOf(thief)).toBeNull();
    expect(await view(null, token)).toMatchObject({ state: "open" });
  });

  it("twice at once makes one membership and one record", async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await makeUser("Twice");
      const { token } = await inviteOne(person.email);
      expect(await Promise.all([accept(person, token), accept(person, token)])).toEqual([
        { slug: org.slug },
        { slug: org.slug },
      ]);
      const rows = await query("select 1 from audit_events where action = 'member.join' and target_id = $1", [
        person.id,
      ]);
      expect(rows).toHaveLength(1);
    }
  });

  it("by a member changes nothing", async () => {
    const person = await makeUser("Early");
    const { token } = await inviteOne(person.email, "reader");
    await org.access.inScope((scope) =>
      scope.db.membership.create({ data: { orgId: org.id, userId: person.id, role: "admin" } }),
    );
    expect(await accept(person, token)).toEqual({ slug: org.slug });
    expect(await roleOf(person)).toBe("admin");
  });

  it("does not bring back somebody who was removed since", async () => {
    const person = await makeUser("Gone");
    const { token } = await inviteOne(person.email);
    await accept(person, token);
    await callAs(org.owner).members.remove({ org: org.slug, userId: person.id });
    expect(await reasonOf(accept(person, token))).toBe("invitation_used");
    expect(await roleOf(person)).toBeNull();
  });

  it("is over when the invitation expires; the address can be invited anew", async () => {
    const person = await makeUser("Late");
    const { token } = await inviteOne(person.email);
    await query("update invitations set expires_at = now() where email = $1", [person.email]);
    expect(await view(null, token)).toEqual({ state: "expired", org: { name: "Acme & Söhne", slug: org.slug } });
    expect(await reasonOf(accept(person, token))).toBe("invitation_expired");
    expect((await openOnes()).find(({ email }) => email === person.email)).toMatchObject({ isExpired: true });
    expect(await inviteOne(person.email)).toMatchObject({ status: "invited" });
    expect(await view(null, token)).toEqual({ state: "revoked" });
  });

  it("is over when the invitation is taken back", async () => {
    const person = await makeUser("Unwanted");
    const { token } = await inviteOne(person.email);
    const invitationId = await idOf(person.email);
    await callAs(admin).members.revokeInvitation({ org: org.slug, invitationId });
    expect(await view(person, token)).toEqual({ state: "revoked" });
    expect(await reasonOf(accept(person, token))).toBe("invitation_revoked");
    expect(await reasonOf(callAs(admin).members.resendInvitation({ org: org.slug, invitationId }))).toBe(
      "invitation_closed",
    );
  });

  it("needs the newest link: sending again kills the old one", async () => {
    const person = await makeUser("Patient");
    const { token: old } = await inviteOne(person.email);
    await query("update invitations set expires_at = now() where email = $1", [person.email]);
    await query("update invitations set last_sent_at = now() - interval '3 days' where email = $1", [person.email]);
    const { link } = await callAs(admin).members.resendInvitation({
      org: org.slug,
      invitationId: await idOf(person.email),
    });
    expect(await view(person, old)).toEqual({ state: "unknown" });
    expect(await reasonOf(accept(person, old))).toBe("invitation_unknown");
    const renewed = await openOnes();
    const days =
      (Date.parse(renewed.find(({ email }) => email === person.email)?.expiresAt ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(3, 2);
    expect(await accept(person, tokenOf(link))).toEqual({ slug: org.slug });
  });

  it("and revoking at once: one of the two happened", async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await makeUser("Race");
      const { token } = await inviteOne(person.email);
      const invitationId = await idOf(person.email);
      const [accepted, revoked] = await Promise.all([
        reasonOf(accept(person, token)),
        reasonOf(callAs(admin).members.revokeInvitation({ org: org.slug, invitationId })),
      ]);
      expect([
        ["done", "invitation_closed"],
        ["invitation_revoked", "done"],
      ]).toContainEqual([accepted, revoked]);
      expect(await roleOf(person)).toBe(accepted === "done" ? "reader" : null);
    }
  });

  it("an invitation of an org that is gone leads nowhere", async () => {
    const closing = await makeOrg("Closing");
    const [result] = await callAs(closing.owner).members.invite({
      org: closing.slug,
      addresses: [admin.email],
      role: "reader",
    });
    const token = tokenOf(result?.link ?? null);
    await query("update orgs set delete_after = now() where id = $1", [closing.id]);
    expect(await view(admin, token)).toEqual({ state: "unknown" });
    expect(await reasonOf(accept(admin, token))).toBe("invitation_unknown");
  });
});

describe("whether accepting proves the address", () => {
  const isProven = async (person: Person) =>
    (await query("select email_verified_at is not null as proven from users where id = $1", [person.id]))[0]?.proven;

  it.each([
    ["yes, when the link went out by mail only", true],
    ["no, when the inviter was shown the link", false],
  ])("%s", async (_name, isMailed) => {
    const person = await makeUser("Proof");
    await query("update users set email_verified_at = null where id = $1", [person.id]);
    const { token } = await inviteOne(person.email);
    await query("update invitations set is_mailed = $2 where email = $1", [person.email, isMailed]);
    await accept(person, token);
    expect(await isProven(person)).toBe(isMailed);
  });
});
