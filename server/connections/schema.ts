import { z } from "zod";

export const ConnectionName = z.string().trim().min(1).max(80);

/** Pasted from the provider's page, so white space around it is forgiven; the shape itself is judged by verification. */
export const AdminKey = z.string().trim().min(1).max(512);

export const BackfillDays = z.number().int().min(1).max(1825);
/** Closed days that the provider may still correct: every trailing sync fetches so many again. */
export const TrailingDays = z.number().int().min(1).max(31);
export const UsageGranularity = z.enum(["hour", "day"]);
export type UsageGranularity = z.infer<typeof UsageGranularity>;

export const VerifyKeyInput = z.object({ adminKey: AdminKey });
export type VerifyKeyInput = z.infer<typeof VerifyKeyInput>;

export const CreateConnectionInput = z.object({
  name: ConnectionName,
  adminKey: AdminKey,
  backfillDays: BackfillDays.default(365),
  trailingDays: TrailingDays.default(3),
  usageGranularity: UsageGranularity.default("hour"),
});
export type CreateConnectionInput = z.input<typeof CreateConnectionInput>;

export const ConnectionRef = z.object({ connectionId: z.uuid() });
export type ConnectionRef = z.infer<typeof ConnectionRef>;

export const UpdateConnectionInput = ConnectionRef.extend({
  name: ConnectionName.optional(),
  backfillDays: BackfillDays.optional(),
  trailingDays: TrailingDays.optional(),
  usageGranularity: UsageGranularity.optional(),
});
export type UpdateConnectionInput = z.infer<typeof UpdateConnectionInput>;

export const ReplaceKeyInput = ConnectionRef.extend({ adminKey: AdminKey });
export type ReplaceKeyInput = z.infer<typeof ReplaceKeyInput>;

/** The history of a sample is erased in any case. A deleted connection's can still be erased. */
export const DeleteConnectionInput = ConnectionRef.extend({ history: z.enum(["keep", "erase"]) });
export type DeleteConnectionInput = z.infer<typeof DeleteConnectionInput>;

/** What a key can do, as far as free read calls tell. */
export const Abilities = z.object({
  costs: z.boolean(),
  usage: z.boolean(),
  directory: z.boolean(),
  writes: z.enum(["yes", "no", "unknown"]),
});
export type Abilities = z.infer<typeof Abilities>;

/** What verification shows before anything is stored. */
export type KeyVerification = {
  openaiOrgId: string;
  openaiOrgName: string | null;
  /** Null when the key may not list projects. */
  projectCount: number | null;
  isProjectCountExact: boolean;
  abilities: Abilities;
  keyLast4: string;
  /** The connection of this org that already reads the same OpenAI organization, if any. */
  existing: { connectionId: string; name: string } | null;
  /** A deleted connection to it whose history was kept, and goes on when this key is connected. */
  former: { name: string } | null;
};

/**
 * Why a key was refused; each has its own sentence in the message files (connections.refusal.<reason>).
 * They are the `reason` of the error.
 */
export const keyRefusals = [
  "key_malformed",
  "key_other_kind",
  "key_invalid",
  "key_insufficient",
  "provider_unreachable",
  "provider_rate_limited",
  "provider_failed",
  "provider_address_wrong",
  "organization_unknown",
  "organization_already_connected",
  "key_of_other_organization",
] as const;
export type KeyRefusal = (typeof keyRefusals)[number];

export type ConnectionStatus = "active" | "paused" | "broken" | "deleted";

export type ConnectionSummary = {
  id: string;
  name: string;
  isSample: boolean;
  openaiOrgId: string;
  openaiOrgName: string | null;
  status: ConnectionStatus;
  /** While broken: auth, permission or quota (messages: connections.brokenReason.<code>). */
  statusReason: string | null;
  statusChangedAt: string;
  /** Null for those who may not change connections. */
  keyLast4: string | null;
  abilities: Abilities;
  backfillDays: number;
  trailingDays: number;
  usageGranularity: UsageGranularity;
  lastSyncedAt: string | null;
  createdAt: string;
};

/** A deleted connection whose history still counts in all figures, or is on its way out. */
export type KeptHistory = {
  id: string;
  name: string;
  isSample: boolean;
  openaiOrgId: string;
  openaiOrgName: string | null;
  deletedAt: string;
  /** UTC days of its costs, [from, to); null where it never fetched any. */
  coveredFrom: string | null;
  coveredTo: string | null;
  /** Its figures count nowhere any more; the rows are being removed. */
  isErasing: boolean;
};
