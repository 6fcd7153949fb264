import ipaddr from "ipaddr.js";
import { hashSecret } from "@/server/auth/one-time-tokens";
import type { Permission } from "@/server/auth/permissions";
import { accessAsProgram, type OrgAccess } from "@/server/auth/scope";
import type { ApiToken } from "@/server/db/generated/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";

type Request = { requestId: string; client: ClientInfo };

/**
 * The way in for programs, by API token; the token names the org. Read on every request: revoking it ends it at once.
 * @throws AppError unauthenticated for a token that is unknown, revoked, expired or used from elsewhere (which of these
 * is not said); forbidden when its scopes lack the permission
 */
export async function accessAsToken(token: string, permission: Permission, request: Request): Promise<OrgAccess> {
  const found = await accessAsProgram(hashSecret(token), request);
  if (!found || !isUsable(found.token, request.client.ip)) {
    throw new AppError("unauthenticated", "token_refused", {
      message: "The API token is not valid here. Send a valid one as: Authorization: Bearer <token>.",
    });
  }
  if (!found.token.scopes.includes(permission)) {
    throw new AppError("forbidden", "token_lacks_scope", { message: `The API token lacks the scope ${permission}.` });
  }
  await noteUse(found.access, found.token);
  return found.access;
}

function isUsable({ revokedAt, expiresAt, allowedIps }: ApiToken, ip: string | null): boolean {
  if (revokedAt || (expiresAt && expiresAt <= new Date())) return false;
  return allowedIps.length === 0 || (ip !== null && allowedIps.some((range) => isWithin(ip, range)));
}

/** An IPv4 address that arrived over IPv6 counts as IPv4. */
export function isWithin(ip: string, range: string): boolean {
  if (!ipaddr.isValid(ip) || !ipaddr.isValidCIDR(range)) return false;
  const address = ipaddr.process(ip);
  const [network, bits] = ipaddr.parseCIDR(range);
  return address.kind() === network.kind() && address.match(network, bits);
}

const NOTE_EVERY_MS = 60_000;

/** When and from where it was last used, to the minute: most requests write nothing. */
async function noteUse(access: OrgAccess, { id, lastUsedAt, lastUsedIp }: ApiToken) {
  const now = new Date();
  const { ip } = access.client;
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < NOTE_EVERY_MS && lastUsedIp === ip) return;
  await access.inScope((scope) =>
    scope.db.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now, lastUsedIp: ip } }),
  );
}
