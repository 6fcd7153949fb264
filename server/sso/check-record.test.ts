import { afterAll, beforeAll, expect, it } from "vitest";
import { checkRecord, recordName } from "@/server/sso/check-record";
import { type Dns, type DnsAnswer, startDns } from "@/server/testing/dns";

const domain = "acme.example";
const challenge = "tollkeeper-domain=abc123";

let dns: Dns;
beforeAll(async () => {
  dns = await startDns();
});
afterAll(() => dns.close());

const check = (answer: DnsAnswer | null) => {
  dns.set(recordName(domain), answer);
  return checkRecord({ domain, challenge }, [dns.address]);
};

it("asks for the challenge's own name", async () => {
  await check([[challenge]]);
  expect(dns.asked.at(-1)).toBe("_tollkeeper-challenge.acme.example");
});

it.each<[string, DnsAnswer]>([
  ["alone", [[challenge]]],
  ["among others", [["v=spf1 -all"], [challenge], ["something else"]]],
  ["in pieces", [[challenge.slice(0, 5), challenge.slice(5, 9), challenge.slice(9)]]],
  ["with spaces that somebody pasted", [[` ${challenge} `]]],
])("finds the record %s", async (_, answer) => {
  expect(await check(answer)).toBeNull();
});

it.each<[string, DnsAnswer | null, string]>([
  ["a name that is not there", null, "domain_record_missing"],
  ["a name without TXT records", "no_such_type", "domain_record_missing"],
  ["another value", [["tollkeeper-domain=abc124"]], "domain_record_other"],
  ["more than the value", [[`${challenge} x`]], "domain_record_other"],
  ["a value that is spread over two records", [[challenge.slice(0, 9)], [challenge.slice(9)]], "domain_record_other"],
  ["a server that fails", "broken", "domain_dns_failed"],
])("tells of %s", async (_, answer, failure) => {
  expect(await check(answer)).toBe(failure);
});

it("does not wait for ever", { timeout: 20_000 }, async () => {
  const startedAt = performance.now();
  expect(await check("silent")).toBe("domain_dns_timeout");
  expect(performance.now() - startedAt).toBeLessThan(12_000);
});
