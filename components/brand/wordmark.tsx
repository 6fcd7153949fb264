import { useTranslations } from "next-intl";
import { Mark } from "@/components/brand/mark";

export function Wordmark() {
  const t = useTranslations("app");
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight">
      <Mark />
      {t("name")}
    </span>
  );
}
