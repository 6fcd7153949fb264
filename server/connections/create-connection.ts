import { randomUUID } from "node:crypto";
import type { OrgAccess } from "@/server/auth/scope";
import { sealAdminKey } from "@/server/connections/admin-key";
import type { UsageGranularity } from "@/server/connections/schema";
import { type KeyToVerify, verifyKey } from "@/server/connections/verify-key";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";

/** The key that the sample organization publishes for everybody to try. */
const SAMPLE_KEY = "sk-admin-sandbox-acme-readonly";

export type NewConnection = {
  name: string | null;
  adminKey: string;
  backfillDays: number;
  usageGranularity: UsageGranularity;
};

/** Verifies the key and stores it, sealed. The first sync is the caller's to start. */
export function createConnection(access: OrgAccess, input: NewConnection): Promise<{ id: string }> {
  return storeConnection(access, input, { baseUrl: env().OPENAI_BASE_URL, isSample: false });
}

/** Connects the organization that the sandbox serves: something to look at before any key is given. */
export function createSampleConnection(access: OrgAccess): Promise<{ id: string }> {
  if (!env().SANDBOX_ENABLED) {
    throw new AppError("precondition", "sample_unavailable", {
      message: "This installation has no sample organization.",
    });
  }
  const input: NewConnection = { name: null, adminKey: SAMPLE_KEY, backfillDays: 365, usageGranularity: "hour" };
  return storeConnection(access, input, { baseUrl: env().SANDBOX_URL, isSample: true });
}

type Target = { baseUrl: string; isSample: boolean };

async function storeConnection(access: OrgAccess, input: NewConnection, target: Target): Promise<{ id: string }> {
  const key: KeyToVerify = { adminKey: input.adminKey, baseUrl: target.baseUrl };
  const verified = await verifyKey(access, key);
  if (verified.existing) throw alreadyConnected();
  const id = randomUUID();
  const name = input.name ?? verified.openaiOrgName ?? verified.openaiOrgId;
  return access.inScope(async (scope) => {
    const { count } = await scope.db.connection.createMany({
      data: [
        {
          orgId: scope.org.id,
          id,
          name,
          ...target,
          openaiOrgId: verified.openaiOrgId,
          openaiOrgName: verified.openaiOrgName,
          keyCiphertext: await sealAdminKey(scope, id, input.adminKey),
          keyLast4: verified.keyLast4,
          abilities: verified.abilities,
          backfillDays: input.backfillDays,
          usageGranularity: input.usageGranularity,
          // The first back-fill covers all three; the schedule takes over after it.
          nextRecentAt: inMinutes(env().SYNC_RECENT_EVERY_MINUTES),
          nextTrailingAt: inMinutes(env().SYNC_TRAILING_EVERY_MINUTES),
          nextDirectoryAt: inMinutes(env().SYNC_DIRECTORY_EVERY_MINUTES),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) throw alreadyConnected();
    scope.audit({
      action: "connection.create",
      target: { type: "connection", id },
      after: { name, openaiOrgId: verified.openaiOrgId, keyLast4: verified.keyLast4, isSample: target.isSample },
    });
    return { id };
  });
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

const alreadyConnected = () =>
  new AppError("conflict", "organization_already_connected", {
    message: "This OpenAI organization is connected already.",
  });
