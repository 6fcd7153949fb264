import { z } from "zod";
import { Day } from "@/server/lib/day";

/** UTC days, `to` exclusive; the cursor is the last row's sequence number. */
export const AuditFilter = z.object({
  from: Day.optional(),
  to: Day.optional(),
  action: z.string().max(60).optional(),
  actor: z.uuid().optional(),
  /** Looked for in actors, targets and actions. */
  search: z.string().trim().max(100).optional(),
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const AuditExportInput = AuditFilter.omit({ cursor: true, limit: true }).extend({
  format: z.enum(["csv", "json"]),
});
export type AuditExportInput = z.infer<typeof AuditExportInput>;

export type AuditEventView = {
  id: string;
  /** Place in the chain; null for rows older than it. */
  seq: number | null;
  /** ISO instant. */
  at: string;
  actor_type: string;
  actor_id: string | null;
  actor_name: string | null;
  ip: string | null;
  user_agent: string | null;
  action: string;
  target_type: string;
  target_id: string;
  target_name: string | null;
  before: JsonObject | null;
  after: JsonObject | null;
  request_id: string | null;
  /** Hexadecimal SHA-256, see `audit verify`. */
  hash: string | null;
};

type Json = string | number | boolean | null | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };
