import { z } from "zod";

export const OrgName = z.string().trim().min(1).max(80);

/** As in URLs: lower-case letters, digits and single hyphens. */
export const OrgSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(63);

export const CreateOrgInput = z.object({ name: OrgName });
export type CreateOrgInput = z.infer<typeof CreateOrgInput>;

/** A name of the IANA list; offsets such as +05:00 are none. */
export const Timezone = z.string().max(64).refine(isTimezone);

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const UpdateOrgInput = z.object({ name: OrgName.optional(), timezone: Timezone.optional() });
export type UpdateOrgInput = z.infer<typeof UpdateOrgInput>;

export const RequireTwoFactorInput = z.object({ isRequired: z.boolean() });

/** The slug, typed by hand: whoever deletes an organization knows which. */
export const RequestDeletionInput = z.object({ slug: z.string().trim().max(63) });

export const DELETION_GRACE_DAYS = 14;

/** Paths that the application itself uses at the top level; no org may be called so. */
export const reservedSlugs = new Set([
  "api",
  "sign-in",
  "sign-up",
  "sign-out",
  "forgot-password",
  "reset-password",
  "verify-email",
  "outbox",
  "new",
  "orgs",
  "account",
  "settings",
  "admin",
  "health",
  "static",
  "public",
  "invitations",
  "v1",
  "welcome",
  "legal",
  "docs",
]);
