import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Permission } from "@/server/auth/permissions";

/** What a program can be allowed to do. A person can hand on only what they may do themselves. */
export const tokenScopes = [
  "usage:read",
  "connections:read",
  "sync:run",
  "members:read",
  "audit:read",
] as const satisfies readonly Permission[];
export type TokenScope = (typeof tokenScopes)[number];

/** One address or a CIDR range, IPv4 or IPv6; kept as a range. */
export const AddressRange = z
  .string()
  .trim()
  .max(50)
  .refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), "not an address or a range")
  .transform((text) => (ipaddr.isValid(text) ? `${text}/${ipaddr.parse(text).kind() === "ipv4" ? 32 : 128}` : text));

export const TokenName = z.string().trim().min(1).max(80);

export const CreateTokenInput = z.object({
  name: TokenName,
  scopes: z
    .array(z.enum(tokenScopes))
    .min(1)
    .max(50)
    .transform((scopes) => [...new Set(scopes)]),
  /** Empty: from anywhere. */
  allowedIps: z.array(AddressRange).max(50).default([]),
  /** Null: until it is revoked. */
  expiresInDays: z.number().int().min(1).max(730).nullable(),
});
export type CreateTokenInput = z.infer<typeof CreateTokenInput>;

export const TokenInput = z.object({ tokenId: z.uuid() });
export type TokenInput = z.infer<typeof TokenInput>;

/** For how long the old token goes on beside its successor. */
export const RotateTokenInput = TokenInput.extend({ overlapHours: z.number().int().min(0).max(168) });
export type RotateTokenInput = z.infer<typeof RotateTokenInput>;
