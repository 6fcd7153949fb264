import type { z } from "zod";
import { UpdateConnectionInput } from "@/server/connections/schema";

/** What can be chosen when connecting and changed later; all of it is always given. */
export const ConnectionSettings = UpdateConnectionInput.omit({ connectionId: true }).required();
export type ConnectionSettings = z.infer<typeof ConnectionSettings>;
