import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work`; a failure is reported `ms` after the call, or twice, three times that where it took longer, so that how long
 * it took does not tell what was found on the way, on a busy machine neither. @throws what `work` throws
 */
export async function failNoSooner<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } catch (error) {
    await untilNextMultiple(ms, startedAt);
    throw error;
  }
}

/** The same for work whose success must tell nothing either. */
export async function settleNoSooner<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    await untilNextMultiple(ms, startedAt);
  }
}

const untilNextMultiple = (ms: number, startedAt: number) =>
  sleep(ms - ((performance.now() - startedAt) % ms), undefined, { ref: false });
