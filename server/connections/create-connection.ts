import { randomUUID } from "node:crypto";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { sealAdminKey } from "@/server/connections/admin-key";
import type { KeyVerification, UsageGranularity } from "@/server/connections/schema";
import { findFormer, type KeyToVerify, verifyKey } from "@/server/connections/verify-key";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";

/** The key that the sample organization publishes for everybody to try. */
const SAMPLE_KEY = "sk-admin-sandbox-acme-readonly";

export type NewConnection = {
  name: string | null;
  adminKey: string;
  backfillDays: number;
  trailingDays: number;
  usageGranularity: UsageGranularity;
};

/** What belongs to connecting and commits with it: the caller's first sync. */
type Alongside<T> = (scope: OrgScope, connectionId: string) => Promise<T>;

export type Connected<T> = {
  id: string;
  /** A deleted connection to the same organization goes on: what it had fetched is not fetched again. */
  isRevived: boolean;
  alongside: T;
};

/** Verifies the key and stores it, sealed, in one transaction with what `alongside` does. */
export function createConnection<T>(
  access: OrgAccess,
  input: NewConnection,
  alongside: Alongside<T>,
): Promise<Connected<T>> {
  return connect(access, { ...input, baseUrl: env().OPENAI_BASE_URL, isSample: false }, alongside);
}

export type NewSample = Partial<Omit<NewConnection, "adminKey">>;

/** Connects the organization that the sandbox serves: something to look at before any key is given. */
export function createSampleConnection<T>(
  access: OrgAccess,
  { name = null, backfillDays = 365, trailingDays = 3, usageGranularity = "hour" }: NewSample,
  alongside: Alongside<T>,
): Promise<Connected<T>> {
  if (!env().SANDBOX_ENABLED) {
    throw new AppError("precondition", "sample_unavailable", {
      message: "This installation has no sample organization.",
    });
  }
  const input: NewConnection = { name, adminKey: SAMPLE_KEY, backfillDays, trailingDays, usageGranularity };
  return connect(access, { ...input, baseUrl: env().SANDBOX_URL, isSample: true }, alongside);
}

type Wanted = NewConnection & KeyToVerify;

async function connect<T>(access: OrgAccess, wanted: Wanted, alongside: Alongside<T>): Promise<Connected<T>> {
  const verified = await verifyKey(access, wanted);
  if (verified.existing) throw alreadyConnected();
  return access.inScope(async (scope) => {
    const stored = await store(scope, wanted, verified);
    return { ...stored, alongside: await alongside(scope, stored.id) };
  });
}

/** A second row beside kept history would count every day of it twice: the row that has it goes on instead. */
async function store(scope: OrgScope, wanted: Wanted, verified: KeyVerification) {
  const former = await findFormer(scope, wanted, verified.openaiOrgId);
  const id = former?.id ?? randomUUID();
  const data = await valuesOf(scope, id, { wanted, verified });
  const { count } = former
    ? await scope.db.connection.updateMany({ where: { id, status: "deleted", eraseRequestedAt: null }, data })
    : await scope.db.connection.createMany({ data: [{ orgId: scope.org.id, id, ...data }], skipDuplicates: true });
  if (count === 0) throw alreadyConnected();
  const { name, openaiOrgId, keyLast4, isSample } = data;
  scope.audit({
    action: former ? "connection.revive" : "connection.create",
    target: { type: "connection", id },
    after: { name, openaiOrgId, keyLast4, isSample },
  });
  return { id, isRevived: former !== null };
}

type Verified = { wanted: Wanted; verified: KeyVerification };

const valuesOf = async (scope: OrgScope, id: string, { wanted, verified }: Verified) => ({
  name: wanted.name ?? verified.openaiOrgName ?? verified.openaiOrgId,
  baseUrl: wanted.baseUrl,
  isSample: wanted.isSample,
  openaiOrgId: verified.openaiOrgId,
  openaiOrgName: verified.openaiOrgName,
  status: "active" as const,
  statusReason: null,
  statusChangedAt: new Date(),
  keyCiphertext: await sealAdminKey(scope, id, wanted.adminKey),
  keyLast4: verified.keyLast4,
  abilities: verified.abilities,
  backfillDays: wanted.backfillDays,
  trailingDays: wanted.trailingDays,
  usageGranularity: wanted.usageGranularity,
  // The first back-fill covers all three; the schedule takes over after it.
  nextRecentAt: inMinutes(env().SYNC_RECENT_EVERY_MINUTES),
  nextTrailingAt: inMinutes(env().SYNC_TRAILING_EVERY_MINUTES),
  nextDirectoryAt: inMinutes(env().SYNC_DIRECTORY_EVERY_MINUTES),
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

const alreadyConnected = () =>
  new AppError("conflict", "organization_already_connected", {
    message: "This OpenAI organization is connected already.",
  });
