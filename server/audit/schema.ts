import { z } from "zod";
import { type ActorType, actorTypes, type AuditAction, type AuditGroup, auditGroups } from "@/server/audit/constants";
import { Day } from "@/server/lib/day";

/** An instant, or a UTC day, which stands for its beginning. */
const Moment = z.union([Day, z.iso.datetime({ offset: true })]);

const isGroup = (word: string): word is AuditGroup => Object.hasOwn(auditGroups, word);

/** "members,token.create": groups and single actions, with commas between them; becomes the actions. */
export const AuditActions = z
  .string()
  .max(1_000)
  .transform((text, context) => {
    const words = text
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
    const actions = words.flatMap((word): readonly string[] => (isGroup(word) ? auditGroups[word] : [word]));
    // What has a dot may be an action of a newer version: nothing is found, which is the truth.
    if (actions.some((action) => !action.includes(".")))
      context.addIssue(
        `give actions such as ${"member.role" satisfies AuditAction}, or groups: ${Object.keys(auditGroups).join(", ")}`,
      );
    return [...new Set(actions)];
  });

const actorPattern = new RegExp(`^(${actorTypes.join("|")})(?::(.+))?$`);

/** "job", or one of them by id: "user:0190f3c2-…". */
export const AuditActor = z
  .string()
  .max(100)
  .transform((text, context): { type: ActorType; id?: string } => {
    const [, found, id] = actorPattern.exec(text) ?? [];
    const type = actorTypes.find((known) => known === found);
    if (!type) context.addIssue(`give ${actorTypes.join(", ")}, or one of them by id: user:<id>`);
    return { type: type ?? "anonymous", id };
  });

/** The beginning belongs to the range, `to` does not. The cursor is what the page before ended with. */
export const AuditFilter = z.object({
  from: Moment.optional(),
  to: Moment.optional(),
  action: AuditActions.optional(),
  actor: AuditActor.optional(),
  /** The id of what it was done to. */
  target: z.string().max(200).optional(),
  /** Looked for in actors, targets, actions and addresses. */
  search: z.string().trim().max(100).optional(),
  cursor: z
    .string()
    .max(80)
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_(\d{1,18}|[0-9a-f-]{36})$/)
    .optional(),
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
export type JsonObject = { [key: string]: Json };
