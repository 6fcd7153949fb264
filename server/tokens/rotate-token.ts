import type { OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import { MS_PER_HOUR } from "@/server/lib/time";
import { type CreatedToken, demandRoom, insertToken, MOST_TOKENS } from "@/server/tokens/create-token";
import { lockToken } from "@/server/tokens/tokens.sql";
import type { RotateTokenInput } from "@/server/tokens/schema";

/** The successor, and until when the old one goes on. */
export type RotatedToken = CreatedToken & { oldWorksUntil: Date };

/**
 * Makes a successor with the same name, scopes, addresses and remaining life; the old token goes on for `overlapHours`,
 * so that programs can be changed one after another. @throws AppError not_found; precondition when it is over already
 * or has a successor; limit
 */
export async function rotateToken(scope: OrgScope, { tokenId, overlapHours }: RotateTokenInput): Promise<RotatedToken> {
  const old = await lockToken(scope, tokenId);
  const now = new Date();
  const isOver = old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now);
  if (isOver || old.replacedBy) {
    throw new AppError("precondition", "token_not_rotatable", {
      message: "This token is over or was rotated already; create a new one.",
    });
  }
  // Each may have a successor beside it for a while.
  await demandRoom(scope, 2 * MOST_TOKENS);
  const { name, scopes, allowedIps, expiresAt } = old;
  const created = await insertToken(scope, { name, scopes, allowedIps, expiresAt });
  const overlapEnd = new Date(now.getTime() + overlapHours * MS_PER_HOUR);
  const endsAt = expiresAt && expiresAt < overlapEnd ? expiresAt : overlapEnd;
  await scope.db.apiToken.updateMany({
    where: { id: tokenId },
    data: { replacedBy: created.id, expiresAt: endsAt },
  });
  scope.audit({
    action: "token.rotate",
    target: { type: "api_token", id: tokenId, name },
    after: { replacedBy: created.id, expiresAt: endsAt.toISOString() },
  });
  return { ...created, oldWorksUntil: endsAt };
}
