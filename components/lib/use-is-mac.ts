"use client";

import { useSyncExternalStore } from "react";

/** Whether shortcuts are written with ⌘. The server and the first paint say no. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
}
