import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work`; a failure is reported no sooner than `ms` after the call, so that how long it took does not tell what was
 * found on the way. @throws what `work` throws
 */
export async function failNoSooner<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const earliest = sleep(ms, undefined, { ref: false });
  try {
    return await work();
  } catch (error) {
    await earliest;
    throw error;
  }
}

/** The same for work whose success must tell nothing either. */
export async function settleNoSooner<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const earliest = sleep(ms, undefined, { ref: false });
  try {
    return await work();
  } finally {
    await earliest;
  }
}
