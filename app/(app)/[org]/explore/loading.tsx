import { useTranslations } from "next-intl";
import { ExploreSkeleton } from "@/components/explore/explore-skeleton";
import { LoadingPage } from "@/components/usage/loading-page";

export default function ExploreLoading() {
  const t = useTranslations("explore");
  return (
    <LoadingPage title={t("title")} description={t("description")}>
      <ExploreSkeleton />
    </LoadingPage>
  );
}
