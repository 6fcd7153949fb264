import type { ReactNode } from "react";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";

type LoadingPageProps = { title?: string; description?: string; children: ReactNode };

/** A data page before anything of it is known: what needs no data is there already, in its final place. */
export function LoadingPage({ title, description, children }: LoadingPageProps) {
  const t = useTranslations("ui");
  return (
    <>
      <PageHeader title={title ?? <Skeleton className="h-6 w-44" />} description={description}>
        <Skeleton className="h-8 w-80 max-w-full" />
      </PageHeader>
      <div role="status" aria-label={t("loading")}>
        {children}
      </div>
    </>
  );
}
