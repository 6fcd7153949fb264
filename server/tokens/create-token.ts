import { randomUUID } from "node:crypto";
import { hashSecret, newSecret } from "@/server/auth/one-time-tokens";
import { mayAlso, type OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import type { CreateTokenInput } from "@/server/tokens/schema";

/** So that people, log filters and secret scanners know one when they see it. */
export const TOKEN_PREFIX = "tollkeeper_";

/** The token itself is here and nowhere else: what is stored is its hash. */
export type CreatedToken = { id: string; token: string };

/** @throws AppError forbidden for a scope that the actor lacks, limit when the org has too many tokens */
export async function createToken(scope: OrgScope, input: CreateTokenInput): Promise<CreatedToken> {
  const beyond = input.scopes.find((wanted) => !mayAlso(scope, wanted));
  if (beyond) {
    throw new AppError("forbidden", "token_scope_beyond_role", {
      message: `A token cannot be allowed what you are not: ${beyond}.`,
    });
  }
  await demandRoom(scope, MOST_TOKENS);
  const created = await insertToken(scope, {
    name: input.name,
    scopes: input.scopes,
    allowedIps: input.allowedIps,
    expiresAt: input.expiresAt === null ? null : new Date(input.expiresAt),
  });
  const { name, scopes, allowedIps, expiresAt } = input;
  scope.audit({
    action: "token.create",
    target: { type: "api_token", id: created.id, name },
    after: { scopes, allowedIps, expiresAt },
  });
  return created;
}

export type TokenRow = { name: string; scopes: string[]; allowedIps: string[]; expiresAt: Date | null };

export async function insertToken(scope: OrgScope, row: TokenRow): Promise<CreatedToken> {
  const id = randomUUID();
  const token = `${TOKEN_PREFIX}${newSecret()}`;
  const createdBy = scope.actor.type === "user" ? scope.actor.id : null;
  await scope.db.apiToken.createMany({
    data: [{ ...row, orgId: scope.org.id, id, tokenHash: hashSecret(token), last4: token.slice(-4), createdBy }],
  });
  return { id, token };
}

/** Working tokens of an org. */
export const MOST_TOKENS = 200;

/** Which tokens open anything at `now`. */
export const workingAt = (now: Date) => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** @throws AppError limit when so many tokens of the org work already */
export async function demandRoom({ db }: OrgScope, most: number): Promise<void> {
  if ((await db.apiToken.count({ where: workingAt(new Date()) })) < most) return;
  throw new AppError("limit", "too_many_tokens", { message: `An organization can have ${most} tokens at most.` });
}
