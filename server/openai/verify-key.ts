import type { CallOptions, ProviderClient } from "./client";
import { isProviderError, isWrongAddress, type ProviderError, type ProviderErrorKind } from "./errors";
import type { KeyKind } from "./key-kind";
import { countProjects, type Probe, probeCosts, probeUsage, probeWrites, type Writes } from "./key-probes";

export type KeyAbilities = {
  usage: boolean;
  costs: boolean;
  directory: boolean;
  /** Known only if the provider lists the key's scopes: there is no way to try a write without writing. */
  writes: Writes;
};

export type VerifiedKey = {
  outcome: "ok";
  /** `id` as in costs results, or else what the provider calls the organization in its response header. */
  organization: { id: string | null; name: string | null };
  /** Null when the key may not list projects. Not exact: there are at least so many. */
  projects: { projectCount: number; isExact: boolean } | null;
  abilities: KeyAbilities;
};

export type RefusedKey =
  | { outcome: "malformed_key" }
  | { outcome: "other_kind"; keyKind: Exclude<KeyKind, "admin" | "malformed"> }
  /** Wrong, revoked or expired: the provider answers all three alike. */
  | { outcome: "invalid_key"; error: ProviderError }
  /** A working admin key that may read none of usage, costs and directory. */
  | { outcome: "insufficient" }
  | { outcome: "unreachable"; error: ProviderError }
  | { outcome: "rate_limited"; error: ProviderError }
  /** What answers at the base URL is not the provider. */
  | { outcome: "wrong_address"; error: ProviderError }
  | { outcome: "provider_error"; error: ProviderError };

export type VerifyOptions = { signal?: AbortSignal; nowSeconds?: number };

/** A person is waiting: one quick second try and no long waits. */
const patience = { attempts: 2, baseDelayMs: 500, maxDelayMs: 500, maxRetryAfterMs: 2_000 };

/**
 * Finds out what an admin key can do, by four or five read calls that cost nothing. Never throws for a failed call,
 * only when cancelled. It says nothing of keys that are not admin keys without sending them anywhere.
 */
export async function verifyAdminKey(
  client: ProviderClient,
  { signal, nowSeconds = Math.floor(Date.now() / 1_000) }: VerifyOptions = {},
): Promise<VerifiedKey | RefusedKey> {
  const { keyKind } = client;
  if (keyKind === "malformed") return { outcome: "malformed_key" };
  if (keyKind !== "admin") return { outcome: "other_kind", keyKind };
  const options: CallOptions = { signal, retry: patience };
  try {
    // Alone, so that a bad key costs one call.
    const projects = await allowed(countProjects(client, options));
    const [usage, costs, writes] = await Promise.all([
      allowed(probeUsage(client, nowSeconds, options)),
      allowed(probeCosts(client, nowSeconds, options)),
      allowed(probeWrites(client, options), "bad_request"),
    ]);
    if (!projects && !usage && !costs) return { outcome: "insufficient" };
    const header = [projects, usage, costs, writes].find((probe) => probe?.organization)?.organization ?? null;
    const named = costs?.found;
    return {
      outcome: "ok",
      organization: { id: named?.organizationId ?? header, name: named?.organizationName ?? null },
      projects: projects?.found ?? null,
      abilities: {
        usage: usage !== null,
        costs: costs !== null,
        directory: projects !== null,
        writes: writes?.found ?? "unknown",
      },
    };
  } catch (error) {
    if (!isProviderError(error) || error.kind === "cancelled") throw error;
    return refusalOf(error);
  }
}

/** Null where the key lacks the permission, or the call failed as one of `tolerated`. */
async function allowed<T>(probe: Promise<Probe<T>>, ...tolerated: ProviderErrorKind[]): Promise<Probe<T> | null> {
  try {
    return await probe;
  } catch (error) {
    if (isProviderError(error, "permission", ...tolerated)) return null;
    throw error;
  }
}

function refusalOf(error: ProviderError): RefusedKey {
  switch (error.kind) {
    case "auth":
      return { outcome: "invalid_key", error };
    case "rate_limit":
      return { outcome: "rate_limited", error };
    case "transient":
      return {
        outcome: error.status === null && error.code !== "invalid_body" ? "unreachable" : "provider_error",
        error,
      };
    default:
      return { outcome: isWrongAddress(error) ? "wrong_address" : "provider_error", error };
  }
}
