"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EventList } from "@/components/account/event-list";
import { useTRPC } from "@/components/lib/trpc";

export function ActivityClient() {
  const t = useTranslations("account.tabs");
  const { data: events } = useSuspenseQuery(useTRPC().account.events.queryOptions());
  return (
    <>
      <h1 className="sr-only">{t("activity")}</h1>
      <EventList events={events} />
    </>
  );
}
