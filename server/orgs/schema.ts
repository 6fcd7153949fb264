import { z } from "zod";

export const OrgName = z.string().trim().min(1).max(80);

/** As in URLs: lower-case letters, digits and single hyphens. */
export const OrgSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(63);

export const CreateOrgInput = z.object({ name: OrgName });
export type CreateOrgInput = z.infer<typeof CreateOrgInput>;

/** Paths that the application itself uses at the top level; no org may be called so. */
export const reservedSlugs = new Set([
  "api",
  "sign-in",
  "sign-up",
  "sign-out",
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
