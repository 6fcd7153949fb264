"use client";

import { FormError } from "@/components/forms/form-error";
import { useErrorText } from "@/components/lib/use-error-text";

/** The sentence for a reason that stands in the page's address: one of ours, whatever stands there. */
export function ProviderRefusal({ reason, waitSeconds }: { reason: string; waitSeconds: number | null }) {
  return <FormError error={useErrorText()({ data: { reason, retryAfter: waitSeconds } })} />;
}
