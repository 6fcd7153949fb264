import type { OrgScope } from "@/server/auth/scope";
import type { TokenInput } from "@/server/tokens/schema";
import { lockToken } from "@/server/tokens/tokens.sql";

/** Ends a token at the next request; what is revoked already stays so. @throws AppError not_found */
export async function revokeToken(scope: OrgScope, { tokenId }: TokenInput): Promise<void> {
  const { name, revokedAt } = await lockToken(scope, tokenId);
  if (revokedAt) return;
  await scope.db.apiToken.updateMany({ where: { id: tokenId }, data: { revokedAt: new Date() } });
  scope.audit({ action: "token.revoke", target: { type: "api_token", id: tokenId, name } });
}
