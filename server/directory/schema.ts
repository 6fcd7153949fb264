import { z } from "zod";

/** What of the directory costs can be told by. A service account is a user. */
export const itemKinds = ["project", "user", "api_key"] as const;

export const ItemRef = z.object({ kind: z.enum(itemKinds), itemId: z.string().min(1).max(300) });
export type ItemRef = z.infer<typeof ItemRef>;
export type ItemKind = ItemRef["kind"];
