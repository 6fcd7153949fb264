import { useTranslations } from "next-intl";
import { LoadingPage } from "@/components/usage/loading-page";
import { BreakdownSkeleton } from "@/components/usage/skeletons";

export default function ProjectsLoading() {
  const t = useTranslations("projects");
  return (
    <LoadingPage title={t("title")}>
      <BreakdownSkeleton />
    </LoadingPage>
  );
}
