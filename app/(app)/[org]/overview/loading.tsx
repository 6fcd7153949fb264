import { useTranslations } from "next-intl";
import { LoadingPage } from "@/components/usage/loading-page";
import { OverviewSkeleton } from "@/components/usage/skeletons";

export default function OverviewLoading() {
  const t = useTranslations("nav");
  return (
    <LoadingPage title={t("overview")}>
      <OverviewSkeleton />
    </LoadingPage>
  );
}
