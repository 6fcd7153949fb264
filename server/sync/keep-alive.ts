import type { OrgAccess } from "@/server/auth/scope";
import type { ProviderError } from "@/server/openai/errors";
import { heartbeat, type Lease } from "@/server/sync/lease.sql";

const EVERY_MS = 5_000;

export type EndReason = "cancel" | "lost" | "shutdown" | "refused";

export type Beat = ReturnType<typeof keepAlive>;

/**
 * Renews the run's lease while it works, and aborts its work when it was cancelled, when another process took the
 * connection, or when this process shuts down.
 */
export function keepAlive(access: OrgAccess, run: { id: string; lease: Lease }, shutdown?: AbortSignal) {
  const controller = new AbortController();
  let reason: EndReason | null = null;
  let refusal: ProviderError | null = null;
  const end = (why: EndReason) => {
    reason ??= why;
    controller.abort(new Error(why));
  };
  const onShutdown = () => end("shutdown");
  shutdown?.addEventListener("abort", onShutdown, { once: true });
  if (shutdown?.aborted) onShutdown();

  const timer = setInterval(async () => {
    try {
      const answer = await heartbeat(access, run.lease);
      if (answer !== "go_on") end(answer);
    } catch (err) {
      // The database is away for a moment; the lease lasts longer than a few beats.
      access.log.warn({ err, runId: run.id }, "heartbeat");
    }
  }, EVERY_MS);

  return {
    signal: controller.signal,
    reason: () => reason,
    refusal: () => refusal,
    /** The provider refused the key: nothing else of the run can succeed. */
    abort: (error: ProviderError) => {
      refusal ??= error;
      end("refused");
    },
    /** Work found out that another execution has the connection. */
    lose: () => end("lost"),
    stop: () => {
      clearInterval(timer);
      shutdown?.removeEventListener("abort", onShutdown);
    },
  };
}
