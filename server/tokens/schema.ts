import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Permission } from "@/server/auth/permissions";
import { MS_PER_DAY } from "@/server/lib/time";

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
  .refine((text) => isAddress(text) || isRange(text), "not an address or a range")
  .transform((text) => (isAddress(text) ? rangeOfOne(text) : text));

/** Not the short and octal forms of old: what was meant by "10.1" nobody knows. */
const isAddress = (text: string) => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
const isRange = (text: string) => isAddress(text.split("/")[0] ?? "") && ipaddr.isValidCIDR(text);

function rangeOfOne(text: string): string {
  const address = ipaddr.process(text);
  return `${address.toString()}/${address.kind() === "ipv4" ? 32 : 128}`;
}

/** Longer than this nobody remembers what a token was for. */
export const MAX_TOKEN_DAYS = 730;
export const DEFAULT_TOKEN_DAYS = 90;

/** An instant within reach: neither past nor further away than a token may live. */
export const TokenExpiry = z.iso.datetime({ offset: true }).refine(
  (at) => {
    const days = (Date.parse(at) - Date.now()) / MS_PER_DAY;
    return days > 0 && days <= MAX_TOKEN_DAYS;
  },
  { message: `must be in the future, and within ${MAX_TOKEN_DAYS} days` },
);

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
  expiresAt: TokenExpiry.nullable(),
});
export type CreateTokenInput = z.infer<typeof CreateTokenInput>;

/** Replaced ones have a successor and work for a while beside it. */
export type TokenState = "active" | "replaced" | "expired" | "revoked";

export const TokenInput = z.object({ tokenId: z.uuid() });
export type TokenInput = z.infer<typeof TokenInput>;

/** A week. */
export const MAX_OVERLAP_HOURS = 168;

/** For how long the old token goes on beside its successor. */
export const RotateTokenInput = TokenInput.extend({ overlapHours: z.number().int().min(0).max(MAX_OVERLAP_HOURS) });
export type RotateTokenInput = z.infer<typeof RotateTokenInput>;
