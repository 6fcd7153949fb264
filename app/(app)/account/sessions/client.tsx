"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { SessionList } from "@/components/account/session-list";
import { useTRPC } from "@/components/lib/trpc";

export function SessionsClient() {
  const t = useTranslations("account.tabs");
  const { data: sessions } = useSuspenseQuery(useTRPC().account.sessions.queryOptions());
  return (
    <>
      <h1 className="sr-only">{t("sessions")}</h1>
      <SessionList sessions={sessions} />
    </>
  );
}
