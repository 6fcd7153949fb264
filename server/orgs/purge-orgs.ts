import { forgetIdentityProvider } from "@/server/auth/forget-identity-provider";
import { deleteOrg, listOrgsToDelete } from "@/server/auth/system.sql";
import { logger } from "@/server/lib/logger";
import { deleteBatch } from "@/server/orgs/purge.sql";

const BATCH_ROWS = 20_000;

export type Purge = {
  /** Stops between two batches; what is deleted by then stays deleted, and the next call goes on. */
  signal: AbortSignal;
  now?: Date;
  batchRows?: number;
};

/**
 * Deletes every org whose grace period is over: facts and roll-ups in batches, then the org with all that is left, its
 * audit log included. @returns whether everything is done; false when it was stopped
 */
export async function purgeOrgs({ signal, now = new Date(), batchRows = BATCH_ROWS }: Purge): Promise<boolean> {
  for (const orgId of await listOrgsToDelete(now)) {
    while (!signal.aborted && (await deleteBatch(orgId, batchRows)));
    if (signal.aborted) return false;
    // Before the org: nobody would come back for these.
    await forgetIdentityProvider(orgId);
    await deleteOrg(orgId);
    logger().info({ orgId }, "organization deleted");
  }
  return true;
}
