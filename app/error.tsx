"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/layout/error-state";
import { Button } from "@/components/ui/button";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations("errors");
  return (
    <main className="grid min-h-dvh place-content-center p-6">
      <ErrorState
        title={t("pageTitle")}
        description={t("pageText")}
        requestId={error.digest}
        onRetry={reset}
        action={
          <Button asChild variant="ghost">
            <Link href="/">{t("home")}</Link>
          </Button>
        }
        className="border-0"
      />
    </main>
  );
}
