import { useTranslations } from "next-intl";
import { LoadingPage } from "@/components/usage/loading-page";
import { ListCardSkeleton } from "@/components/usage/skeletons";

export default function ReconciliationLoading() {
  const t = useTranslations("reconciliation");
  return (
    <LoadingPage title={t("title")} description={t("description")}>
      <ListCardSkeleton rows={4} />
    </LoadingPage>
  );
}
