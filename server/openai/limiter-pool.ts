import { createLimiter, type Limiter, type LimiterOptions } from "./pacing";

export type LimiterPool = { forConnection(connectionId: string): Limiter };

/** What was learned about a connection is kept this long after its last call. */
const idleMs = 10 * 60_000;

/**
 * One limiter per connection for this process, so that all its jobs share what any of them learns about the
 * provider's limit. Limiters that nobody used for a while are dropped.
 */
export function createLimiterPool(options: LimiterOptions = {}): LimiterPool {
  const now = options.now ?? (() => performance.now());
  const entries = new Map<string, { limiter: Limiter; usedAt: number }>();

  function dropIdle() {
    for (const [id, entry] of entries) {
      if (now() - entry.usedAt < idleMs) return;
      if (entry.limiter.size === 0) entries.delete(id);
    }
  }

  return {
    forConnection(connectionId) {
      dropIdle();
      const limiter = entries.get(connectionId)?.limiter ?? createLimiter(options);
      // Set anew, so that the map stays in order of use.
      entries.delete(connectionId);
      entries.set(connectionId, { limiter, usedAt: now() });
      return limiter;
    },
  };
}
