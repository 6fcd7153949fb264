"use client";

import { useTranslations } from "next-intl";
import { hasKey } from "@/components/lib/has-key";
import { useWaitText } from "@/components/lib/use-wait-text";

type Failure = { data?: { reason?: string; requestId?: string | null; retryAfter?: number | null } | null };

export type ErrorText = { text: string; requestId: string | null };

/**
 * The sentence for an error of a procedure, in the reader's language, by its reason. A request that never reached the
 * server has no data at all. `known` names further places that hold sentences: refusals of keys, for example.
 */
export function useErrorText() {
  const t = useTranslations("errors");
  const known = useTranslations("errors.reason");
  const refusal = useTranslations("connections.refusal");
  const wait = useWaitText();
  return (error: unknown): ErrorText => {
    const data = (error as Failure | null)?.data;
    if (!data) return { text: t("unreachable"), requestId: null };
    const reason = data.reason ?? "";
    const requestId = data.requestId ?? null;
    if (reason === "too_many_attempts" && data.retryAfter) return { text: wait(data.retryAfter), requestId: null };
    if (hasKey(known, reason)) return { text: known(reason), requestId: unexpected(reason, requestId) };
    if (hasKey(refusal, reason)) return { text: refusal(reason), requestId: null };
    return { text: t("unknown"), requestId };
  };
}

/** The id is of use only where nobody foresaw the error. */
const unexpected = (reason: string, requestId: string | null) => (reason === "internal" ? requestId : null);
