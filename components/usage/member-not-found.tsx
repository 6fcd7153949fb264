"use client";

import { SearchXIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/layout/empty-state";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import type { DimensionPage } from "@/components/usage/member-path";

/** An id that is in neither figures nor lists: a mistyped link, or another organization's. */
export function MemberNotFound({ page }: { page: DimensionPage }) {
  const t = useTranslations(page);
  const { slug } = useOrg();
  return (
    <EmptyState
      icon={SearchXIcon}
      title={t("notFound.title")}
      description={t("notFound.text")}
      action={
        <Button asChild variant="outline">
          <Link href={`/${slug}/${page}`}>{t("notFound.back")}</Link>
        </Button>
      }
      className="my-10"
    />
  );
}
