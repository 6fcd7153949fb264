"use client";

import { useTranslations } from "next-intl";

const MINUTE_SECONDS = 60;

/** How long to wait after too many attempts: exact below two minutes, else in minutes, rounded up. */
export function useWaitText() {
  const t = useTranslations("errors");
  return (seconds: number) =>
    seconds < 2 * MINUTE_SECONDS
      ? t("waitSeconds", { seconds })
      : t("waitMinutes", { minutes: Math.ceil(seconds / MINUTE_SECONDS) });
}
