"use client";

import { useSyncExternalStore } from "react";

/** As the breakpoint `max-sm` of the styles. */
const NARROW = "(width < 40rem)";

/** Whether it is a phone's width: for what has to be reckoned in pixels. The server and the first paint say no. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
