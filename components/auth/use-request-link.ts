"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";

/** What a mailed link is for; the words on the screen go by it. */
export type LinkKind = "signIn" | "reset" | "verify";

/** Asks for a link by mail. The answer is the same whether or not the address has an account. */
export function useRequestLink(kind: LinkKind) {
  const { auth } = useTRPC();
  const signIn = useMutation(auth.requestMagicLink.mutationOptions());
  const reset = useMutation(auth.requestPasswordReset.mutationOptions());
  const verify = useMutation(auth.resendVerification.mutationOptions());
  return { signIn, reset, verify }[kind];
}
