import { z } from "zod";

/** Addresses are compared in lower case; the bound is RFC 5321's. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Long enough to resist guessing, bounded so that hashing stays cheap; no composition rules (NIST 800-63B). */
export const Password = z.string().min(12).max(200);

export const SignUpInput = z.object({ email: Email, password: Password, name: z.string().trim().min(1).max(100) });
export type SignUpInput = z.infer<typeof SignUpInput>;

export const SignInInput = z.object({ email: Email, password: z.string().min(1).max(200) });
export type SignInInput = z.infer<typeof SignInInput>;
