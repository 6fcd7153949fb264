"use client";

import { TrashIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCan } from "@/components/orgs/org-context";
import { TakeBackButton } from "@/components/orgs/take-back-button";
import { useDeletionDay } from "@/components/orgs/use-deletion-day";

/** Above every page of an organization that is to be deleted; owners can take that back from here. */
export function DeletionBanner() {
  const t = useTranslations("orgs.deletion");
  const canTakeBack = useCan("org:delete");
  const day = useDeletionDay();
  if (!day) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 bg-destructive-soft px-4 py-2 text-13 md:px-8"
    >
      <TrashIcon aria-hidden="true" className="size-4 shrink-0 text-destructive-text" />
      <p className="min-w-0 flex-1 basis-60 text-pretty max-sm:basis-[calc(100%-2rem)]">{t("banner", { date: day })}</p>
      {canTakeBack && (
        <span className="max-sm:ml-6.5">
          <TakeBackButton />
        </span>
      )}
    </div>
  );
}
