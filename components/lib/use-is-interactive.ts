"use client";

import { useBrowserValue } from "@/components/lib/use-browser-value";

/** Whether the page's script runs, so that events are answered. The server and the first paint say no. */
export const useIsInteractive = (): boolean => useBrowserValue(() => true, false);
