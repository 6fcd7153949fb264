import { ProviderError } from "./errors";

/** Waits, and rejects with a "cancelled" ProviderError as soon as `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new ProviderError("cancelled"));
    const onAbort = () => {
      clearTimeout(timer);
      reject(new ProviderError("cancelled"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Settles like `promise`, or rejects with a "cancelled" ProviderError as soon as `signal` aborts. */
export function orCancelled<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new ProviderError("cancelled"));
    const settle = () => signal.removeEventListener("abort", onAbort);
    promise.then(resolve, reject).finally(settle);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

export type Deadline = {
  signal: AbortSignal;
  isExpired: () => boolean;
  /** Gives the task the whole time again. */
  restart: () => void;
};

/**
 * Runs `task` with a signal that fires after `ms` or when `parent` aborts. One timer for the whole attempt, because
 * the SDK's own stops at the response headers and a body can stall for ever.
 */
export async function withDeadline<T>(
  ms: number,
  parent: AbortSignal | undefined,
  task: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let isExpired = false;
  const onAbort = () => controller.abort();
  const timer = setTimeout(() => {
    isExpired = true;
    controller.abort();
  }, ms);
  if (parent?.aborted) onAbort();
  parent?.addEventListener("abort", onAbort, { once: true });
  try {
    return await task({ signal: controller.signal, isExpired: () => isExpired, restart: () => void timer.refresh() });
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener("abort", onAbort);
  }
}

/** One signal for both, without creating one where a single signal will do. */
export function eitherSignal(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a && b && a !== b ? AbortSignal.any([a, b]) : (a ?? b);
}
