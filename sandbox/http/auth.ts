import type { AdminKey, Organization, Scope } from "../org/types";
import type { Organizations } from "../org/organizations";
import { ApiError } from "./errors";

/** Who calls. Throws 401 as the provider does for a missing, unknown, revoked or expired key. */
export function authenticate(
  header: string | undefined,
  organizations: Organizations,
  now: number,
): { org: Organization; key: AdminKey } {
  const value = /^Bearer\s+(\S+)$/i.exec(header ?? "")?.[1];
  if (value === undefined) {
    throw new ApiError(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
    );
  }
  const found = organizations.byKey(value);
  const isUsable = found && !found.key.isRevoked && (found.key.expiresAt === null || found.key.expiresAt > now);
  if (!isUsable) {
    throw new ApiError(
      401,
      `Incorrect API key provided: ${redact(value)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      {
        code: "invalid_api_key",
      },
    );
  }
  found.key.lastUsedAt = now;
  return found;
}

/** Throws 403 naming the missing scope; a key of another kind has none. */
export function authorize(key: AdminKey, scope: Scope): void {
  if (key.scopes.includes(scope)) return;
  throw new ApiError(
    403,
    `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization, and if you're using a restricted API key, that it has the necessary scopes.`,
    { code: "missing_scope" },
  );
}

function redact(value: string): string {
  return value.length < 12
    ? "*".repeat(value.length)
    : `${value.slice(0, 8)}${"*".repeat(value.length - 12)}${value.slice(-4)}`;
}
