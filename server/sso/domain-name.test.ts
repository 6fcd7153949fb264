import { expect, it } from "vitest";
import { normalizeDomain } from "@/server/sso/domain-name";

const reasonOf = (typed: string) => {
  try {
    return normalizeDomain(typed);
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

it.each([
  ["acme.com", "acme.com"],
  [" Acme.COM. ", "acme.com"],
  ["@acme.com", "acme.com"],
  ["mail.acme.co.uk", "mail.acme.co.uk"],
  ["예시.kr", "xn--vv4b11d.kr"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["ＡＣＭＥ．com", "acme.com"],
  ["acme.한국", "acme.xn--3e0b707e"],
  ["1password.com", "1password.com"],
])("%j is %s", (typed, domain) => {
  expect(normalizeDomain(typed)).toBe(domain);
});

it.each([
  ["ada@acme.com", "domain_malformed"],
  ["https://acme.com", "domain_malformed"],
  ["acme.com/path", "domain_malformed"],
  ["acme.com?x=1", "domain_malformed"],
  ["acme.com:25", "domain_malformed"],
  ["acme com", "domain_malformed"],
  ["_dmarc.acme.com", "domain_malformed"],
  ["-acme.com", "domain_malformed"],
  ["acme..com", "domain_malformed"],
  ["127.0.0.1", "domain_malformed"],
  ["2130706433", "domain_malformed"],
  ["[::1]", "domain_malformed"],
  ["acme.123", "domain_malformed"],
  ["@", "domain_malformed"],
  [`${"a".repeat(64)}.com`, "domain_malformed"],
  [`${"a.".repeat(114)}acme.com`, "domain_malformed"],
  ["com", "domain_is_suffix"],
  ["한국", "domain_is_suffix"],
  ["co.uk", "domain_is_suffix"],
  ["CO.KR", "domain_is_suffix"],
  ["github.io", "domain_is_suffix"],
  ["gmail.com", "domain_is_free_mail"],
  ["@Outlook.com", "domain_is_free_mail"],
  ["naver.com", "domain_is_free_mail"],
])("%j is refused: %s", (typed, reason) => {
  expect(reasonOf(typed)).toBe(reason);
});
