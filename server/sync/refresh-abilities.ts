import type { Abilities } from "@/server/connections/schema";
import { isProviderError } from "@/server/openai/errors";
import { verifyAdminKey } from "@/server/openai/verify-key";
import type { RunContext } from "@/server/sync/run-context";

/**
 * Asks again what the run's key can do, by four read calls, and keeps the answer: permissions are given and taken at the
 * provider's without anybody telling us. What was known before stays where there is no clear answer.
 */
export async function refreshAbilities({ access, run, openClient, beat, now }: RunContext): Promise<Abilities> {
  const nowSeconds = Math.floor(now().getTime() / 1000);
  const client = openClient(() => {});
  const answer = await verifyAdminKey(client, { signal: beat.signal, nowSeconds }).catch((error: unknown) => {
    if (isProviderError(error, "cancelled")) return null;
    throw error;
  });
  if (answer?.outcome !== "ok") return run.abilities;
  const { abilities } = answer;
  await access.inScope((scope) =>
    scope.db.connection.updateMany({
      where: { id: run.connectionId, leaseHolder: run.lease.holder },
      data: { abilities },
    }),
  );
  return abilities;
}
