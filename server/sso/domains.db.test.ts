import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listDomainsToCheck } from "@/server/auth/system.sql";
import { addDays } from "@/server/lib/time";
import { env } from "@/server/env";
import { listOutbox } from "@/server/mail/outbox";
import { recordName } from "@/server/sso/check-record";
import { recheckDomain } from "@/server/sso/recheck-domain";
import { useTestDatabase } from "@/server/testing/database";
import { type Dns, startDns } from "@/server/testing/dns";
import { callAs, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase();
let dns: Dns;
let org: TestOrg;
let domain: string;

beforeAll(async () => {
  dns = await startDns();
  env().DNS_SERVERS = [dns.address];
});
afterAll(() => dns.close());
beforeEach(async () => {
  org = await makeOrg();
  domain = `${org.slug}.example`;
});

const query = async (text: string, values: unknown[] = [org.id]) => (await database.owner.query(text, values)).rows;
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: { code?: string; cause?: { reason?: string } }) => error.cause?.reason ?? error.code,
  );
const sso = ({ owner } = org) => callAs(owner).sso;
const add = (typed = domain, of = org) => sso(of).addDomain({ org: of.slug, domain: typed });
const verify = (of = org) => sso(of).verifyDomain({ org: of.slug, domain });
const remove = (of = org) => sso(of).removeDomain({ org: of.slug, domain, stopRequiring: false });
const listed = async (of = org) => (await sso(of).get({ org: of.slug })).domains;
const theDomain = async (of = org) => (await listed(of))[0] ?? expect.fail("there is no domain");
const publish = async (...orgs: TestOrg[]) => {
  const values = await Promise.all(orgs.map(async (of) => [(await theDomain(of)).record.value]));
  dns.set(recordName(domain), values.length > 0 ? values : null);
};
const audits = () =>
  query(
    "select action, actor_type, target_id, before, after from audit_events where org_id = $1 and action like 'domain.%' order by seq",
  );

describe("a domain", () => {
  it("is added with a record of its own, and waits for it", async () => {
    expect(await add(`@${domain.toUpperCase()}`)).toEqual({ domain });
    expect(await theDomain()).toEqual({
      domain,
      unicode: domain,
      state: "pending",
      record: {
        name: `_tollkeeper-challenge.${domain}`,
        value: expect.stringMatching(/^tollkeeper-domain=[\w-]{32}$/),
      },
      verifiedAt: null,
      checkedAt: null,
      failingSince: null,
      lostAfter: null,
      failure: null,
    });
    const other = await makeOrg("Other");
    await add(domain, other);
    expect((await theDomain(other)).record.value).not.toBe((await theDomain()).record.value);
  });

  it("is shown as people write it", async () => {
    await add("bücher.example");
    expect(await theDomain()).toMatchObject({ domain: "xn--bcher-kva.example", unicode: "bücher.example" });
  });

  it.each([
    ["gmail.com", "domain_is_free_mail"],
    ["com", "domain_is_suffix"],
    ["not a domain", "domain_malformed"],
  ])("%s is refused: %s", async (typed, reason) => {
    expect(await reasonOf(add(typed))).toBe(reason);
    expect(await listed()).toEqual([]);
  });

  it("is listed once, and fifty are enough", async () => {
    await add();
    expect(await reasonOf(add(domain.toUpperCase()))).toBe("domain_listed");
    await query(
      "insert into org_domains (org_id, domain, challenge) select $1, 'd' || n || '.example', 'x' from generate_series(1, 49) n",
    );
    expect(await reasonOf(add("one-more.example"))).toBe("too_many_domains");
  });

  it("is verified once DNS says so, with each step in the audit log", async () => {
    await add();
    expect(await reasonOf(verify())).toBe("domain_record_missing");
    expect(await theDomain()).toMatchObject({
      state: "pending",
      failure: "domain_record_missing",
      checkedAt: expect.any(String),
    });
    dns.set(recordName(domain), [["tollkeeper-domain=of-somebody-else"]]);
    expect(await reasonOf(verify())).toBe("domain_record_other");
    dns.set(recordName(domain), "broken");
    expect(await reasonOf(verify())).toBe("domain_dns_failed");
    await publish(org);
    await verify();
    const { verifiedAt, ...verified } = await theDomain();
    expect(verified).toMatchObject({ state: "verified", failure: null });
    await verify();
    expect((await theDomain()).verifiedAt).toBe(verifiedAt);
    await remove();
    expect(await listed()).toEqual([]);
    const person = { actor_type: "user", target_id: domain };
    expect(await audits()).toEqual([
      { ...person, action: "domain.add", before: null, after: { domain } },
      { ...person, action: "domain.verify", before: { verifiedAt: null }, after: { verifiedAt } },
      { ...person, action: "domain.remove", before: { domain, verifiedAt }, after: null },
    ]);
  });

  it("is verified neither for who did not add it nor for who may not", async () => {
    await add();
    const [stranger, admin] = [await makeOrg("Stranger"), await makeMember(org, "admin")];
    expect(await reasonOf(verify(stranger))).toBe("not_found");
    expect(await reasonOf(remove(stranger))).toBe("not_found");
    expect(await reasonOf(callAs(admin).sso.verifyDomain({ org: org.slug, domain }))).toBe("role_lacks_permission");
    expect(await callAs(admin).sso.get({ org: org.slug })).toMatchObject({ domains: [{ domain }] });
  });
});

describe("a domain that two organizations want", () => {
  let other: TestOrg;
  beforeEach(async () => {
    other = await makeOrg("Beacon Labs");
    for (const of of [org, other]) await add(domain, of);
    await publish(org, other);
  });

  it("belongs to the first; the second learns that it is taken, not by whom", async () => {
    await verify(org);
    const refused = await verify(other).catch((error: { message: string; cause: { reason: string } }) => error);
    expect(refused).toMatchObject({ cause: { reason: "domain_taken" } });
    expect(JSON.stringify(refused)).not.toMatch(new RegExp(`Acme|${org.slug}|${org.id}`));
    expect(await theDomain(other)).toMatchObject({ state: "pending", verifiedAt: null });
    await remove(org);
    await verify(other);
    expect(await theDomain(other)).toMatchObject({ state: "verified" });
  });

  it("belongs to one of them, also when both prove it at once", async () => {
    const outcomes = await Promise.all([reasonOf(verify(org)), reasonOf(verify(other))]);
    expect(outcomes.toSorted()).toEqual(["domain_taken", "done"]);
    expect(
      await query("select count(*)::int as n from org_domains where domain = $1 and verified_at is not null", [domain]),
    ).toEqual([{ n: 1 }]);
  });

  it("is not told to who cannot prove it", async () => {
    await verify(org);
    await publish(org);
    expect(await reasonOf(verify(other))).toBe("domain_record_other");
  });
});

describe("the daily check", () => {
  const start = new Date();
  const recheck = async (day: number) => (await recheckDomain(org.access, domain, addDays(start, day)))?.outcome;
  const mailsTo = async (email: string) =>
    (await listOutbox()).filter(({ recipient }) => recipient === email).map(({ template }) => template);

  beforeEach(async () => {
    await add();
    await publish(org);
    await verify();
  });

  it("is due for verified domains alone, a day after the last one", async () => {
    const pending = await makeOrg("Pending");
    await add(domain, pending);
    const due = async (at: Date) =>
      (await listDomainsToCheck(at, 500)).filter((row) => [org.id, pending.id].includes(row.orgId));
    expect(await due(addDays(new Date(), -1))).toEqual([]);
    expect(await due(new Date())).toEqual([{ orgId: org.id, domain }]);
    expect(await recheck(1)).toBe("fine");
    expect(await due(new Date())).toEqual([]);
  });

  it("takes a domain away only after a week without its record, and writes to the owners", async () => {
    const second = await makeMember(org, "owner");
    await query("update users set locale = 'ko' where id = $1", [second.id]);
    await publish();
    expect(await recheck(0)).toBe("failing");
    expect(await theDomain()).toMatchObject({ state: "failing", failure: "domain_record_missing" });
    expect(await mailsTo(org.owner.email)).toEqual([]);
    expect(await recheck(1)).toBe("warned");
    for (const day of [2, 3, 4, 5, 6]) expect(await recheck(day)).toBe("failing");
    expect(await mailsTo(org.owner.email)).toEqual(["domainFailing"]);
    const lostAfter = addDays(start, 7).toLocaleDateString("en", { dateStyle: "long", timeZone: "UTC" });
    const warning = await lastMailTo(org.owner.email);
    expect(warning?.text).toContain(lostAfter);
    expect(warning?.link.pathname).toBe(`/${org.slug}/settings/single-sign-on`);
    expect((await theDomain()).state).toBe("failing");

    expect(await recheck(7)).toBe("lost");
    expect(await theDomain()).toMatchObject({ state: "pending", verifiedAt: null, failingSince: null });
    expect(await mailsTo(org.owner.email)).toEqual(["domainLost", "domainFailing"]);
    expect((await lastMailTo(second.email))?.text).toContain(`${domain}의 TXT 레코드가 일주일 동안 없었습니다`);
    expect((await audits()).at(-1)).toMatchObject({
      action: "domain.lapse",
      actor_type: "operator",
      after: { verifiedAt: null, failure: "domain_record_missing" },
    });
    expect(await recheck(8)).toBeUndefined();
  });

  it("leaves required single sign-on required: breaking DNS opens nothing", async () => {
    await query("update orgs set require_sso = true where id = $1");
    await publish();
    for (const day of [0, 7]) await recheck(day);
    expect(await query("select require_sso from orgs where id = $1")).toEqual([{ require_sso: true }]);
    expect(await query("select verified_at from org_domains where org_id = $1")).toEqual([{ verified_at: null }]);
  });

  it("is over once the record is back, found by the check or by hand", async () => {
    await publish();
    await recheck(0);
    await publish(org);
    expect(await recheck(1)).toBe("fine");
    expect(await theDomain()).toMatchObject({ state: "verified", failure: null });
    await publish();
    await recheck(2);
    expect(await reasonOf(verify())).toBe("domain_record_missing");
    expect(await theDomain()).toMatchObject({ state: "failing" });
    await publish(org);
    await verify();
    expect(await theDomain()).toMatchObject({ state: "verified", failingSince: null });
  });

  it("leaves a domain free for who proves it next", async () => {
    const other = await makeOrg("Next");
    await add(domain, other);
    await publish(other);
    expect(await reasonOf(verify(other))).toBe("domain_taken");
    for (const day of [0, 7]) await recheck(day);
    await verify(other);
    expect(await theDomain(other)).toMatchObject({ state: "verified" });
    expect(await reasonOf(verify(org))).toBe("domain_record_other");
  });
});
