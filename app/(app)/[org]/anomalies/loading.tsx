import { useTranslations } from "next-intl";
import { LoadingPage } from "@/components/usage/loading-page";
import { ListCardSkeleton } from "@/components/usage/skeletons";
import { BASELINE_WEEKS } from "@/server/anomalies/constants";

export default function AnomaliesLoading() {
  const t = useTranslations("anomalies");
  return (
    <LoadingPage title={t("pageTitle")} description={t("pageDescription", { weeks: BASELINE_WEEKS })}>
      <ListCardSkeleton rows={6} />
    </LoadingPage>
  );
}
