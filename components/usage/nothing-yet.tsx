"use client";

import { ChartColumnIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/layout/empty-state";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import type { FreshnessState } from "@/server/usage/schema";

/** Where not a single figure has arrived: why, and what to do. */
export function NothingYet({ state }: { state: FreshnessState }) {
  const t = useTranslations("usage.nothing");
  const { slug } = useOrg();
  const kind = state === "syncing" ? "syncing" : state === "failed" ? "failed" : "empty";
  return (
    <EmptyState
      icon={ChartColumnIcon}
      title={t(`${kind}.title`)}
      description={t(`${kind}.text`)}
      action={
        <Button asChild variant={kind === "empty" ? "default" : "outline"}>
          <Link href={`/${slug}/connections`}>{t("action")}</Link>
        </Button>
      }
    />
  );
}
