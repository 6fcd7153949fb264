"use client";

import { useState } from "react";
import { attemptSignIn, type Proof, type SignInOutcome } from "@/components/auth/attempt-sign-in";

/** Signs in by proofs, one after another; on success the browser loads `callbackPath` in full. */
export function useSignIn(callbackPath: string) {
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null);
  const [isBusy, setBusy] = useState(false);

  const present = async (proof: Proof): Promise<SignInOutcome> => {
    setBusy(true);
    setOutcome(null);
    const result = await attemptSignIn(proof);
    setOutcome(result);
    // A full load, so that password managers see a finished sign-in and nothing cached is left.
    if (result.kind === "ok") window.location.assign(callbackPath);
    else setBusy(false);
    return result;
  };

  return { outcome, isBusy, present, reset: () => setOutcome(null) };
}
