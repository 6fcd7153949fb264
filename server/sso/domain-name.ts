import { domainToASCII } from "node:url";
import { AppError } from "@/server/lib/errors";
import { freeMailDomains, publicSuffixes } from "@/server/sso/shared-domains";

/** A label of the host-name syntax (RFC 1123), and what the last one of a name in DNS is: never a number. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const topLevel = /^([a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

/** What addresses of mail and of the web have beside a domain; some of it domainToASCII would cut off. */
const addressParts = /[/\\?#:@%\s]/;

/** So long that the record's own name still fits into the 253 characters of a name in DNS. */
const MAX_LENGTH = 230;

/**
 * A mail domain as DNS has it: "@Acme.COM" is acme.com, 예시.kr is xn--vv4b11d.kr. Those under which strangers get
 * addresses or names are refused early, with the reason; the proof itself is DNS.
 * @throws AppError invalid (domain_malformed, domain_is_suffix, domain_is_free_mail)
 */
export function normalizeDomain(typed: string): string {
  const bare = typed.trim().replace(/^@/, "").replace(/\.$/, "");
  const domain = addressParts.test(bare) ? "" : domainToASCII(bare);
  const labels = domain.split(".");
  if (publicSuffixes.has(domain) || (labels.length === 1 && topLevel.test(domain))) {
    throw new AppError("invalid", "domain_is_suffix", {
      message: "Everybody registers names under this ending. Enter your own domain, such as acme.com.",
    });
  }
  const isName = labels.length > 1 && labels.every((part) => label.test(part)) && topLevel.test(labels.at(-1) ?? "");
  if (!isName || domain.length > MAX_LENGTH) {
    throw new AppError("invalid", "domain_malformed", {
      message: "This is no domain. Enter what stands behind the @ of your addresses, such as acme.com.",
    });
  }
  if (freeMailDomains.has(domain)) {
    throw new AppError("invalid", "domain_is_free_mail", {
      message: "Anybody can have an address at this domain, so it can belong to no organization.",
    });
  }
  return domain;
}
