"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/lib/use-error-text";
import { toast } from "@/components/ui/toaster";

/** Says in a toast why something did not happen. */
export function useErrorToast() {
  const t = useTranslations("errors");
  const errorText = useErrorText();
  return (error: unknown) => {
    const { text, requestId } = errorText(error);
    toast.error(text, { description: requestId ? t("requestId", { id: requestId }) : undefined });
  };
}
