import { Resolver } from "node:dns/promises";
import { env } from "@/server/env";
import type { DomainFailure } from "@/server/sso/schema";

/** Beside the domain's own records, where nothing else is in the way. */
export const recordName = (domain: string) => `_tollkeeper-challenge.${domain}`;

const TRY_MS = 2_000;
const TRIES = 2;
/** All servers and tries together. */
const TOTAL_MS = 8_000;

export type Challenged = { domain: string; challenge: string };

/**
 * Whether the domain's TXT record holds the challenge; there may be others beside it, and long ones come in pieces.
 * @param servers IP addresses, with a port or without; the system's own when there is none
 * @returns what is wrong, or null when the record is there
 */
export async function checkRecord(
  { domain, challenge }: Challenged,
  servers: readonly string[] = env().DNS_SERVERS,
): Promise<DomainFailure | null> {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  const overtime = setTimeout(() => resolver.cancel(), TOTAL_MS);
  try {
    const records = await resolver.resolveTxt(recordName(domain));
    return records.some((pieces) => pieces.join("").trim() === challenge) ? null : "domain_record_other";
  } catch (error) {
    return failureOf(error);
  } finally {
    clearTimeout(overtime);
  }
}

const failures: Record<string, DomainFailure> = {
  ENOTFOUND: "domain_record_missing",
  ENODATA: "domain_record_missing",
  ETIMEOUT: "domain_dns_timeout",
  ECANCELLED: "domain_dns_timeout",
  ECONNREFUSED: "domain_dns_timeout",
};

/** @throws the error itself when it is none of DNS */
function failureOf(error: unknown): DomainFailure {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) throw error;
  return failures[String(error.code)] ?? "domain_dns_failed";
}
