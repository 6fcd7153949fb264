"use client";

import { useBrowserValue } from "@/components/lib/use-browser-value";

/** Whether shortcuts are written with ⌘. The server and the first paint say no. */
export const useIsMac = (): boolean => useBrowserValue(() => /Mac|iPhone|iPad/.test(navigator.userAgent), false);
