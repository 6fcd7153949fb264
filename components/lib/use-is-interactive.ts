"use client";

import { useSyncExternalStore } from "react";

/** Whether the page's script runs, so that events are answered. The server and the first paint say no. */
export function useIsInteractive(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
