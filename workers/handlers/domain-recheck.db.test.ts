import { afterAll, beforeAll, expect, it } from "vitest";
import { env } from "@/server/env";
import { logger } from "@/server/lib/logger";
import { recordName } from "@/server/sso/check-record";
import { useTestDatabase } from "@/server/testing/database";
import { type Dns, startDns } from "@/server/testing/dns";
import { makeOrg } from "@/server/testing/factories";
import { domainRecheck } from "@/workers/handlers/domain-recheck";

const database = useTestDatabase();
let dns: Dns;
beforeAll(async () => {
  dns = await startDns();
  env().DNS_SERVERS = [dns.address];
});
afterAll(() => dns.close());

it("looks at every verified domain of every organization, and at those of closed ones no more", async () => {
  const [acme, beacon, closed] = [await makeOrg("Acme"), await makeOrg("Beacon"), await makeOrg("Closed")];
  const add = (orgId: string, domain: string, checkedDaysAgo: number) =>
    database.owner.query(
      `insert into org_domains (org_id, domain, challenge, verified_at, checked_at)
       values ($1, $2, 'x', date_trunc('milliseconds', now()), date_trunc('milliseconds', now()) - $3 * interval '1 day')`,
      [orgId, domain, checkedDaysAgo],
    );
  await add(acme.id, "well.example", 1);
  await add(acme.id, "recent.example", 0);
  await add(beacon.id, "missing.example", 3);
  await add(closed.id, "closed.example", 3);
  await database.owner.query("update orgs set delete_after = now() - interval '1 second' where id = $1", [closed.id]);
  dns.set(recordName("well.example"), [["x"]]);

  const context = {
    log: logger(),
    signal: new AbortController().signal,
    postpone: () => Promise.reject(new Error("not to be put off")),
  };
  await domainRecheck({}, context);

  expect(dns.asked.toSorted()).toEqual([recordName("missing.example"), recordName("well.example")]);
  const { rows } = await database.owner.query(
    "select domain, failure, failing_since is not null as is_failing from org_domains order by domain",
  );
  expect(rows).toEqual([
    { domain: "closed.example", failure: null, is_failing: false },
    { domain: "missing.example", failure: "domain_record_missing", is_failing: true },
    { domain: "recent.example", failure: null, is_failing: false },
    { domain: "well.example", failure: null, is_failing: false },
  ]);
});
