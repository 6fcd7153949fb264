import { useTranslations } from "next-intl";
import { LoadingPage } from "@/components/usage/loading-page";
import { BreakdownSkeleton } from "@/components/usage/skeletons";

export default function KeysLoading() {
  const t = useTranslations("keys");
  return (
    <LoadingPage title={t("title")}>
      <BreakdownSkeleton />
    </LoadingPage>
  );
}
