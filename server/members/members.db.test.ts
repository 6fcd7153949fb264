import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { demandStillAllowed } from "@/server/auth/demand-still-allowed";
import { type SessionUser, startSession } from "@/server/auth/sessions";
import type { Role } from "@/server/db/generated/enums";
import { noClient } from "@/server/lib/client-info";
import { watchRuns } from "@/server/sync/watch-runs";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
type Person = Awaited<ReturnType<typeof makeUser>>;

let org: TestOrg;
let admin: Person;
let reader: Person;

beforeEach(async () => {
  org = await makeOrg();
  admin = await makeMember(org, "admin");
  reader = await makeMember(org, "reader");
});

const as = (person: Person) => {
  const { members } = callAs(person);
  return {
    list: () => members.list({ org: org.slug }),
    changeRole: (who: Person, role: Role) => members.changeRole({ org: org.slug, userId: who.id, role }),
    remove: (who: Person) => members.remove({ org: org.slug, userId: who.id }),
    leave: () => members.leave({ org: org.slug }),
    transfer: (who: Person) => members.transfer({ org: org.slug, userId: who.id }),
  };
};

async function roleOf(person: Person): Promise<Role | null> {
  const { rows } = await database.owner.query("select role from memberships where org_id = $1 and user_id = $2", [
    org.id,
    person.id,
  ]);
  return rows[0]?.role ?? null;
}

async function ownerCount(): Promise<number> {
  const { rows } = await database.owner.query(
    "select count(*)::int as n from memberships where org_id = $1 and role = 'owner'",
    [org.id],
  );
  return rows[0].n;
}

const lastAudit = async () => {
  const { rows } = await database.owner.query(
    "select action, actor_id, target_id, target_name, before, after from audit_events where org_id = $1 order by seq desc limit 1",
    [org.id],
  );
  return rows[0];
};

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: { cause?: { reason?: string } }) => error.cause?.reason ?? String(error),
  );

describe("the list of members", () => {
  it("has everybody once, owners first, with the second factor and the last visit for who manages them", async () => {
    await database.owner.query(
      "insert into two_factors (user_id, sealed_secret, confirmed_at) values ($1, '\\x01', now()), ($2, '\\x01', null)",
      [reader.id, admin.id],
    );
    await callAs(reader).orgs.get({ org: org.slug });
    const list = await as(admin).list();
    expect(list.map(({ userId, role, hasTwoFactor }) => [userId, role, hasTwoFactor])).toEqual([
      [org.owner.id, "owner", false],
      [admin.id, "admin", false],
      [reader.id, "reader", true],
    ]);
    expect(list.map(({ lastSeenAt }) => lastSeenAt !== null)).toEqual([false, true, true]);
  });

  it("tells readers who is there and nothing that helps an attacker", async () => {
    const list = await as(reader).list();
    expect(list).toHaveLength(3);
    for (const member of list) expect(member).toMatchObject({ lastSeenAt: null, hasTwoFactor: null });
  });
});

describe("who may change whom", () => {
  const cases: [actor: Role, target: Role, to: Role, outcome: string][] = [
    ["owner", "reader", "admin", "done"],
    ["owner", "reader", "owner", "done"],
    ["owner", "owner", "reader", "done"],
    ["admin", "reader", "admin", "done"],
    ["admin", "admin", "reader", "done"],
    ["admin", "reader", "owner", "owners_only"],
    ["admin", "admin", "owner", "owners_only"],
    ["admin", "owner", "reader", "owners_only"],
    ["reader", "reader", "admin", "role_lacks_permission"],
  ];

  it.each(cases)("%s makes %s a(n) %s: %s", async (actorRole, targetRole, to, outcome) => {
    const actor = await makeMember(org, actorRole);
    const target = await makeMember(org, targetRole);
    expect(await refusal(as(actor).changeRole(target, to))).toBe(outcome);
    expect(await roleOf(target)).toBe(outcome === "done" ? to : targetRole);
  });

  it.each([
    ["owner", "owner", "done"],
    ["admin", "admin", "done"],
    ["admin", "reader", "done"],
    ["admin", "owner", "owners_only"],
    ["reader", "reader", "role_lacks_permission"],
  ] as const)("%s removes %s: %s", async (actorRole, targetRole, outcome) => {
    const actor = await makeMember(org, actorRole);
    const target = await makeMember(org, targetRole);
    expect(await refusal(as(actor).remove(target))).toBe(outcome);
    expect(await roleOf(target)).toBe(outcome === "done" ? null : targetRole);
  });

  it("nobody outside the org can be changed, whoever asks", async () => {
    const stranger = await makeUser("Stranger");
    expect(await refusal(as(org.owner).changeRole(stranger, "reader"))).toBe("not_found");
    expect(await refusal(as(org.owner).remove(stranger))).toBe("not_found");
    expect(await refusal(as(org.owner).transfer(stranger))).toBe("not_found");
  });
});

describe("what is done", () => {
  it("counts from the next request on", async () => {
    await as(org.owner).changeRole(admin, "reader");
    expect(await refusal(callAs(admin).members.invitations({ org: org.slug }))).toBe("role_lacks_permission");
    await as(org.owner).remove(reader);
    expect(await refusal(callAs(reader).orgs.get({ org: org.slug }))).toBe("not_found");
  });

  it("is in the audit log with before and after", async () => {
    await as(org.owner).changeRole(reader, "admin");
    expect(await lastAudit()).toEqual({
      action: "member.role",
      actor_id: org.owner.id,
      target_id: reader.id,
      target_name: reader.email,
      before: { role: "reader" },
      after: { role: "admin" },
    });
    await as(admin).remove(reader);
    expect(await lastAudit()).toMatchObject({ action: "member.remove", before: { role: "admin" } });
    await as(admin).leave();
    expect(await lastAudit()).toMatchObject({ action: "member.leave", actor_id: admin.id });
  });

  it("that changes nothing leaves no trace", async () => {
    const before = await lastAudit();
    await as(org.owner).changeRole(reader, "reader");
    expect(await lastAudit()).toEqual(before);
  });
});

describe("an answer that goes on while a page is open", () => {
  const watch = (person: SessionUser) => {
    const caller = { user: person, requestId: null, client: noClient };
    const demand = () => demandStillAllowed(caller, org.slug, "connections:read");
    return watchRuns(org.access, { signal: undefined, demand, demandEveryMs: 0 });
  };
  const signedIn = async (person: Person) => {
    const proof = { method: "password", twoFactor: false };
    const id = await startSession({ account: person, proof, client: noClient });
    return { ...person, session: { ...proof, id } };
  };
  const next = (answers: AsyncGenerator<unknown>) => refusal(answers.next());

  it("ends when its reader is removed", async () => {
    const person = await signedIn(reader);
    expect(await next(watch(person))).toBe("done");
    await as(org.owner).remove(reader);
    await expect(watch(person).next()).rejects.toMatchObject({ reason: "not_found" });
  });

  it("ends when its reader's session does", async () => {
    const person = await signedIn(reader);
    await database.owner.query("update user_sessions set revoked_at = now() where id = $1", [person.session.id]);
    await expect(watch(person).next()).rejects.toMatchObject({ reason: "signed_out" });
  });
});

describe("leaving", () => {
  it("is everybody's right, a reader's too", async () => {
    await as(reader).leave();
    expect(await roleOf(reader)).toBeNull();
  });
});

describe("ownership", () => {
  it("is handed over whole: the one becomes an owner, the other steps down", async () => {
    await as(org.owner).transfer(reader);
    expect([await roleOf(reader), await roleOf(org.owner)]).toEqual(["owner", "admin"]);
    expect(await lastAudit()).toMatchObject({ action: "org.transfer", target_id: reader.id });
  });

  it("is nobody else's to hand over, and not to oneself", async () => {
    expect(await refusal(as(admin).transfer(reader))).toBe("role_lacks_permission");
    expect(await refusal(as(org.owner).transfer(org.owner))).toBe("transfer_to_self");
    expect(await roleOf(org.owner)).toBe("owner");
  });
});

describe("the last owner", () => {
  it("cannot leave, be demoted or be removed", async () => {
    expect(await refusal(as(org.owner).leave())).toBe("last_owner");
    expect(await refusal(as(org.owner).changeRole(org.owner, "admin"))).toBe("last_owner");
    expect(await refusal(as(org.owner).remove(org.owner))).toBe("last_owner");
    expect(await roleOf(org.owner)).toBe("owner");
  });

  const race: [string, (a: Person, b: Person) => [Promise<unknown>, Promise<unknown>]][] = [
    ["both leave", (a, b) => [as(a).leave(), as(b).leave()]],
    ["each demotes the other", (a, b) => [as(a).changeRole(b, "reader"), as(b).changeRole(a, "reader")]],
    ["each removes the other", (a, b) => [as(a).remove(b), as(b).remove(a)]],
    ["both step down", (a, b) => [as(a).changeRole(a, "admin"), as(b).changeRole(b, "admin")]],
  ];

  it.each(race)("of two owners is never lost, even if %s at once", async (_name, attempts) => {
    for (let round = 0; round < 5; round += 1) {
      org = await makeOrg();
      const second = await makeMember(org, "owner");
      const outcomes = await Promise.allSettled(attempts(org.owner, second));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await ownerCount()).toBe(1);
    }
  });

  it("is found by whoever waited for the lock, in a transaction of another process", async () => {
    const second = await makeMember(org, "owner");
    const other = await database.owner.connect();
    await other.query("begin");
    await other.query("select id from orgs where id = $1 for no key update", [org.id]);
    const leaving = refusal(as(second).leave());
    await other.query("delete from memberships where org_id = $1 and user_id = $2", [org.id, org.owner.id]);
    await other.query("commit");
    other.release();
    expect(await leaving).toBe("last_owner");
    expect(await roleOf(second)).toBe("owner");
  });

  it("an owner who was demoted a moment ago has no say any more", async () => {
    const [second, third] = [await makeMember(org, "owner"), await makeMember(org, "owner")];
    const other = await database.owner.connect();
    await other.query("begin");
    await other.query("select id from orgs where id = $1 for no key update", [org.id]);
    const demoting = refusal(as(second).changeRole(third, "reader"));
    await other.query("update memberships set role = 'admin' where org_id = $1 and user_id = $2", [org.id, second.id]);
    await other.query("commit");
    other.release();
    expect(await demoting).toBe("owners_only");
    expect(await roleOf(third)).toBe("owner");
  });
});

it("a member of two organizations loses only the one they are removed from", async () => {
  const elsewhere = await makeOrg("Elsewhere");
  await elsewhere.access.inScope((scope) =>
    scope.db.membership.create({ data: { orgId: elsewhere.id, userId: reader.id, role: "admin" } }),
  );
  await as(org.owner).remove(reader);
  expect(await callAs(reader).orgs.list()).toEqual([{ slug: elsewhere.slug, name: "Elsewhere", role: "admin" }]);
});

it("an id that is nobody's is not found", async () => {
  const attempt = callAs(org.owner).members.remove({ org: org.slug, userId: randomUUID() });
  expect(await refusal(attempt)).toBe("not_found");
});
