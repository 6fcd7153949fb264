"use client";

import { useTranslations } from "next-intl";
import type { SignInOutcome } from "@/components/auth/attempt-sign-in";
import type { ErrorText } from "@/components/lib/use-error-text";
import { useWaitText } from "@/components/lib/use-wait-text";

/** The sentence for an attempt to sign in that did not work; null for one that did or that goes on. */
export function useRefusalText() {
  const t = useTranslations("auth");
  const wait = useWaitText();
  return (outcome: SignInOutcome | null): ErrorText | null => {
    const text = (words: string) => ({ text: words, requestId: null });
    if (outcome?.kind === "refused") return text(t(`refusal.${outcome.reason}`));
    if (outcome?.kind === "wait") return text(wait(outcome.seconds));
    return outcome?.kind === "unreachable" ? text(t("unreachable")) : null;
  };
}
