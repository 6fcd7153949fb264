import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The heading in its final place, and a card as most organizations have one. */
export default function ConnectionsLoading() {
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <div role="status" aria-label={ui("loading")} className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-46 rounded-lg" />
      </div>
    </>
  );
}
