import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { listDueConnections, listStalledRuns } from "@/server/auth/system.sql";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeEach(async () => {
  org = await makeOrg();
});

const orgs = (person = org.owner) => callAs(person).orgs;
const settings = () => orgs().get({ org: org.slug });
const query = async (text: string, values: unknown[] = []) => (await database.owner.query(text, values)).rows;

const lastAudit = async () =>
  (
    await query(
      "select action, before, after, target_name from audit_events where org_id = $1 order by seq desc limit 1",
      [org.id],
    )
  )[0];

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: { code?: string; cause?: { reason?: string } }) => error.cause?.reason ?? error.code,
  );

describe("the settings", () => {
  it("are changed by admins, with before and after on record", async () => {
    const admin = await makeMember(org, "admin");
    await orgs(admin).update({ org: org.slug, name: " Acme Robotics ", timezone: "Asia/Seoul" });
    expect(await settings()).toMatchObject({ name: "Acme Robotics", timezone: "Asia/Seoul", slug: org.slug });
    const jobs = await database.owner.query("select name from bullmq.job where data::text like $1", [`%${org.id}%`]);
    expect(jobs.rows).toEqual([{ name: "packs.build" }]);
    expect(await lastAudit()).toEqual({
      action: "org.update",
      target_name: "Acme Robotics",
      before: { name: "Acme", timezone: "UTC" },
      after: { name: "Acme Robotics", timezone: "Asia/Seoul" },
    });
  });

  it("that stay as they are leave no trace", async () => {
    const before = await lastAudit();
    await orgs().update({ org: org.slug, name: "Acme" });
    expect(await lastAudit()).toEqual(before);
  });

  it.each(["", "Mars/Olympus", "+05:00", "UTC; drop table orgs", "a".repeat(65)])(
    "know no time zone %j",
    async (timezone) => {
      expect(await reasonOf(orgs().update({ org: org.slug, timezone }))).toBe("BAD_REQUEST");
    },
  );

  it("demand a second factor once an owner who has one says so", async () => {
    const demand = (isRequired: boolean) => orgs().requireTwoFactor({ org: org.slug, isRequired });
    expect(await reasonOf(demand(true))).toBe("two_factor_missing");
    await query("insert into two_factors (user_id, sealed_secret) values ($1, '\\x01')", [org.owner.id]);
    expect(await reasonOf(demand(true)), "not confirmed").toBe("two_factor_missing");
    await query("update two_factors set confirmed_at = now() where user_id = $1", [org.owner.id]);
    await demand(true);
    expect(await lastAudit()).toMatchObject({ before: { requireTwoFactor: false }, after: { requireTwoFactor: true } });
    expect(await reasonOf(settings())).toBe("two_factor_required");
    const owner = { ...org.owner, session: { ...org.owner.session, twoFactor: true } };
    expect(await orgs(owner).get({ org: org.slug })).toMatchObject({ requireTwoFactor: true });
    await orgs(owner).requireTwoFactor({ org: org.slug, isRequired: false });
    expect(await settings()).toMatchObject({ requireTwoFactor: false });
  });
});

describe("deleting an org", () => {
  const request = (slug = org.slug) => orgs().requestDeletion({ org: org.slug, slug });
  const over = () => query("update orgs set delete_after = now() - interval '1 second' where id = $1", [org.id]);

  it("takes an owner who types its slug", async () => {
    expect(await reasonOf(request("another"))).toBe("slug_mismatch");
    const admin = await makeMember(org, "admin");
    expect(await reasonOf(orgs(admin).requestDeletion({ org: org.slug, slug: org.slug }))).toBe(
      "role_lacks_permission",
    );
    expect(await settings()).toMatchObject({ deleteAfter: null });
  });

  it("waits fourteen days, tells every owner and stays open meanwhile", async () => {
    const second = await makeMember(org, "owner");
    await query("update users set locale = 'ko' where id = $1", [second.id]);
    const { deleteAfter } = await request();
    expect((Date.parse(deleteAfter) - Date.now()) / 86_400_000).toBeCloseTo(14, 2);
    expect(await settings()).toMatchObject({ deleteAfter });
    expect(await lastAudit()).toMatchObject({ action: "org.delete.request", after: { deleteAfter } });

    const mails = (await listOutbox()).filter(({ recipient }) => [org.owner.email, second.email].includes(recipient));
    expect(mails.map(({ template }) => template)).toEqual(["orgDeletion", "orgDeletion"]);
    const texts = await Promise.all(
      mails.map(async ({ id, recipient }) => ({ ...(await readOutboxMail(id)), recipient })),
    );
    const day = new Date(deleteAfter).toLocaleDateString("en", { dateStyle: "long", timeZone: "UTC" });
    expect(texts.find(({ recipient }) => recipient === org.owner.email)?.text).toContain(day);
    expect(texts.find(({ recipient }) => recipient === second.email)?.text).toMatch(/년 \d+월 \d+일/);
  });

  it("counts from the first time", async () => {
    const { deleteAfter } = await request();
    const mailCount = (await listOutbox()).length;
    expect(await request()).toEqual({ deleteAfter });
    expect(await listOutbox()).toHaveLength(mailCount);
  });

  it("stops syncs: none is due, none is found again, none can be started, and those under way are told", async () => {
    const connectionId = await makeConnection(org);
    const soon = new Date(Date.now() + 60_000);
    const isDue = async () => (await listDueConnections(soon, 500)).some((due) => due.connectionId === connectionId);
    const start = () =>
      org.access.inScope((scope) => startRun(scope, { connectionId, kind: "recent", trigger: "user", isInline: true }));
    expect(await isDue()).toBe(true);
    const { runId } = await start();
    const running = randomUUID();
    await query(
      "insert into sync_runs (org_id, id, connection_id, kind, trigger, state) values ($1, $2, $3, 'trailing', 'user', 'running')",
      [org.id, running, connectionId],
    );
    await request();
    expect(await isDue()).toBe(false);
    expect(await query("select state from sync_runs where id = $1", [runId])).toEqual([{ state: "cancelled" }]);
    expect(
      await query("select cancel_requested_at is not null as told from sync_runs where id = $1", [running]),
    ).toEqual([{ told: true }]);
    expect(
      (await listStalledRuns(new Date(Date.now() + 3_600_000), 500)).filter((run) => run.orgId === org.id),
    ).toEqual([]);
    await expect(start()).rejects.toMatchObject({ reason: "org_deletion_pending" });
    await orgs().cancelDeletion({ org: org.slug });
    expect(await isDue()).toBe(true);
    expect(await start()).toMatchObject({ isNew: true });
  });

  it("can be taken back by an owner, once", async () => {
    await request();
    const admin = await makeMember(org, "admin");
    expect(await reasonOf(orgs(admin).cancelDeletion({ org: org.slug }))).toBe("role_lacks_permission");
    await orgs().cancelDeletion({ org: org.slug });
    expect(await settings()).toMatchObject({ deleteAfter: null });
    expect(await lastAudit()).toMatchObject({ action: "org.delete.cancel" });
    expect(await reasonOf(orgs().cancelDeletion({ org: org.slug }))).toBe("conflict");
  });

  it("is over when its time has come: to its people the org is no more, and nothing is taken back", async () => {
    await request();
    await over();
    expect(await reasonOf(settings())).toBe("not_found");
    expect(await reasonOf(orgs().cancelDeletion({ org: org.slug }))).toBe("not_found");
    expect(await orgs().list()).toEqual([]);
  });
});
