import { Secret, TOTP } from "otpauth";
import { openForInstallation, sealForInstallation } from "@/server/secrets/installation-key";

const PERIOD_SECONDS = 30;
/** Clocks differ, and typing takes a while: one step to either side. */
const WINDOW_STEPS = 1;

/** RFC 6238 with what every authenticator app understands: SHA-1, six digits, thirty seconds. */
const totpOf = (secret: string, label = "") =>
  new TOTP({ issuer: "Tollkeeper", label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS });

/** 160 random bits in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from the QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step that a code is of, or null when it is of none near `now`. */
export function stepOfCode(secret: string, code: string, now = new Date()): bigint | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code.replaceAll(" ", ""), timestamp, window: WINDOW_STEPS });
  return delta === null ? null : BigInt(Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta);
}

/** Bound to the person: copied to another account it does not open. */
export const totpContext = (userId: string) => `tollkeeper:two-factor:${userId}`;

export const sealTotpSecret = (userId: string, secret: string) => sealForInstallation(secret, totpContext(userId));
export const openTotpSecret = (userId: string, sealed: Uint8Array) => openForInstallation(sealed, totpContext(userId));
