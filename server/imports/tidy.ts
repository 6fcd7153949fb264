import { accessAsSystem } from "@/server/auth/scope";
import { listForgottenImports } from "@/server/auth/system.sql";
import { discardDraft } from "@/server/imports/undo-import";
import { logger } from "@/server/lib/logger";
import { addDays } from "@/server/lib/time";

const KEPT_DAYS = 1;
const MAX_AT_ONCE = 500;

/** Removes imports that nobody has committed for a day. One that fails does not stop the others. @returns how many */
export async function tidyImports(now = new Date()): Promise<number> {
  let removed = 0;
  for (const { orgId, importId } of await listForgottenImports(addDays(now, -KEPT_DAYS), MAX_AT_ONCE)) {
    try {
      await discardDraft(await accessAsSystem({ id: orgId }, { type: "job", id: "imports.tidy" }), { importId });
      removed += 1;
    } catch (err) {
      logger().warn({ err, orgId, importId }, "tidying imports");
    }
  }
  return removed;
}
