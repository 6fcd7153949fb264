"use client";

import { useState } from "react";
import { startProvider } from "@/components/auth/start-provider";

/** Leads to identity providers, which lead back to `callbackPath`. `leavingFor` is the one that the browser goes to. */
export function useStartProvider(callbackPath: string) {
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  const start = async (providerId: string) => {
    setLeavingFor(providerId);
    setFailed(false);
    await startProvider(providerId, callbackPath).catch(() => {
      setLeavingFor(null);
      setFailed(true);
    });
  };

  return { leavingFor, hasFailed, start };
}
