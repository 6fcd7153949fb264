import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { sameOrganization } from "@/server/connections/base-url";
import type { KeyRefusal, KeyVerification } from "@/server/connections/schema";
import { AppError } from "@/server/lib/errors";
import { storableText } from "@/server/lib/text";
import { createProviderClient } from "@/server/openai/client";
import { type RefusedKey, type VerifiedKey, verifyAdminKey } from "@/server/openai/verify-key";

export type KeyToVerify = { adminKey: string; baseUrl: string; isSample: boolean };

/**
 * Tells by free read calls what an Admin key belongs to and what it can do. Stores nothing.
 * @throws AppError whose reason is a KeyRefusal.
 */
export async function verifyKey(access: OrgAccess, key: KeyToVerify): Promise<KeyVerification> {
  const answer = await verifyAdminKey(createProviderClient(key));
  if (answer.outcome !== "ok") throw refused(answer);
  const openaiOrgId = answer.organization.id;
  if (!openaiOrgId) {
    throw refusal("organization_unknown", "The provider does not say which organization this key belongs to.");
  }
  const { existing, former } = await access.inScope(async (scope) => ({
    existing: await scope.db.connection.findFirst({
      where: { ...sameOrganization(key, openaiOrgId), status: { not: "deleted" } },
      select: { id: true, name: true },
    }),
    former: await findFormer(scope, key, openaiOrgId),
  }));
  return {
    ...summarise(answer, openaiOrgId),
    keyLast4: key.adminKey.slice(-4),
    existing: existing && { connectionId: existing.id, name: existing.name },
    former: former && { name: former.name },
  };
}

/** The deleted connection to the same organization whose history was kept: connecting again goes on with it. */
export const findFormer = (scope: OrgScope, key: Pick<KeyToVerify, "baseUrl" | "isSample">, openaiOrgId: string) =>
  scope.db.connection.findFirst({
    where: {
      ...sameOrganization(key, openaiOrgId),
      kind: "provider",
      status: "deleted",
      eraseRequestedAt: null,
      streams: { some: {} },
    },
    select: { id: true, name: true },
    orderBy: { statusChangedAt: "desc" },
  });

const summarise = (answer: VerifiedKey, openaiOrgId: string) => ({
  openaiOrgId,
  openaiOrgName: answer.organization.name && storableText(answer.organization.name),
  projectCount: answer.projects?.projectCount ?? null,
  isProjectCountExact: answer.projects?.isExact ?? false,
  abilities: answer.abilities,
});

function refused(answer: RefusedKey): AppError {
  switch (answer.outcome) {
    case "malformed_key":
      return refusal("key_malformed", "This is not an OpenAI key: Admin keys begin with sk-admin-.");
    case "other_kind":
      return refusal(
        "key_other_kind",
        "This is an OpenAI key of another kind. Tollkeeper needs an Admin key (sk-admin-).",
      );
    case "invalid_key":
      return refusal("key_invalid", "OpenAI refuses this key. It may be mistyped, revoked or expired.");
    case "insufficient":
      return refusal("key_insufficient", "This key may read neither usage, costs nor the directory.");
    case "unreachable":
      return refusal("provider_unreachable", "OpenAI cannot be reached from this server.", "provider");
    case "rate_limited":
      return refusal("provider_rate_limited", "OpenAI asks to slow down. Try again in a minute.", "provider");
    case "wrong_address":
      return refusal(
        "provider_address_wrong",
        "What answers at the configured address is not OpenAI's API.",
        "provider",
      );
    case "provider_error":
      return refusal("provider_failed", "OpenAI answered with an error. Try again in a minute.", "provider");
    default:
      return answer satisfies never;
  }
}

const refusal = (reason: KeyRefusal, message: string, code: "invalid" | "provider" = "invalid") =>
  new AppError(code, reason, { message });
