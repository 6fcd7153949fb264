"use client";

import { CodeForm } from "@/components/auth/code-form";
import { withCallback } from "@/components/lib/callback-path";

/** The code after a first step that was taken elsewhere. */
export function PendingCode({ pendingToken, callbackPath }: { pendingToken: string; callbackPath: string }) {
  return (
    <CodeForm
      pendingToken={pendingToken}
      callbackPath={callbackPath}
      onStartAgain={() => window.location.assign(withCallback("/sign-in", callbackPath))}
    />
  );
}
