import { z } from "zod";

/** What somebody becomes who signs in for the first time. Owners are made by owners alone. */
export const JoinRole = z.enum(["reader", "admin"]);
export type JoinRole = z.infer<typeof JoinRole>;

export const MAX_DOMAINS = 50;
/** A verified domain is lost only after its record was missing for so long. */
export const DOMAIN_GRACE_DAYS = 7;

/** As pasted from the provider's pages; the issuer is judged by asking it. */
export const SetProviderInput = z.object({
  issuer: z.string().trim().min(1).max(500),
  clientId: z.string().trim().min(1).max(500),
  /** Left out: the stored one stays, as long as the issuer does. */
  clientSecret: z.string().trim().min(1).max(2000).optional(),
  /** Null: nobody becomes a member by signing in. */
  joinAs: JoinRole.nullable(),
});
export type SetProviderInput = z.infer<typeof SetProviderInput>;

/** Whether who removes something knows that single sign-on is then no longer required. */
const StopRequiring = z.object({ stopRequiring: z.boolean() });

export const RemoveProviderInput = StopRequiring;

export const RequireSsoInput = z.object({ isRequired: z.boolean() });

/** As typed, when it is added: capitals, "@acme.com" and other alphabets are forgiven. Later as the list has it. */
export const DomainInput = z.object({ domain: z.string().trim().min(1).max(300) });

export const RemoveDomainInput = DomainInput.extend(StopRequiring.shape);
export type RemoveDomainInput = z.infer<typeof RemoveDomainInput>;

/** What a look into DNS can find wrong; the message files have a sentence for each (sso.failure.<reason>). */
export const domainFailures = [
  "domain_record_missing",
  "domain_record_other",
  "domain_dns_timeout",
  "domain_dns_failed",
] as const;
export type DomainFailure = (typeof domainFailures)[number];

export type DomainSummary = {
  /** As DNS has it: lower case, in ASCII. */
  domain: string;
  /** As people write it; the same for most. */
  unicode: string;
  state: "pending" | "verified" | "failing";
  /** The TXT record that proves it. */
  record: { name: string; value: string };
  verifiedAt: string | null;
  checkedAt: string | null;
  failingSince: string | null;
  /** When it is lost unless the record is back, while failing. */
  lostAfter: string | null;
  /** What the newest check found wrong. */
  failure: DomainFailure | null;
};

/** Why single sign-on cannot be required yet, the first to be dealt with first. They are the `reason` of the error. */
export const requireObstacles = ["sso_not_configured", "sso_without_domain", "sso_unproven"] as const;
export type RequireObstacle = (typeof requireObstacles)[number];

/** Never the secret, nor a part of it. */
export type SsoSettings = {
  /** What the provider has to be told: where it sends people back. */
  callbackAddress: string;
  provider: { issuer: string; clientId: string; joinAs: JoinRole | null; updatedAt: string } | null;
  domains: DomainSummary[];
  isRequired: boolean;
  /** What keeps whoever asks from requiring it. */
  obstacles: RequireObstacle[];
  people: {
    total: number;
    /** Members who could not get in as they sign in today; owners with a second factor always can. */
    shutOut: number;
    /** Who gets in when the provider does not answer. */
    ownersWithTwoFactor: number;
  };
};
