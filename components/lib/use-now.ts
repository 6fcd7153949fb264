"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 15_000;

/** The present, to a quarter of a minute; null on the server and in the first paint, which must agree. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / TICK_MS) * TICK_MS,
    () => null,
  );
}

function subscribe(notify: () => void): () => void {
  const timer = setInterval(notify, TICK_MS);
  return () => clearInterval(timer);
}
