"use client";

import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { useErrorText } from "@/components/lib/use-error-text";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Inside the shell, so that the way to other pages stays open. */
export default function OrgErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations("errors");
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const known = useErrorText()(error);
  const isOfProcedure = "data" in error;
  const retry = () =>
    startTransition(() => {
      queries.reset();
      router.refresh();
      reset();
    });
  return (
    <ErrorState
      title={t("pageTitle")}
      description={isOfProcedure ? known.text : t("pageText")}
      requestId={known.requestId ?? error.digest}
      onRetry={retry}
    />
  );
}
