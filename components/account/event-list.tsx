"use client";

import { HistoryIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeviceName, useMethodName } from "@/components/account/device-label";
import { Section } from "@/components/account/section";
import type { AccountEventEntry } from "@/components/account/types";
import { useWhen } from "@/components/account/use-when";
import { EmptyState } from "@/components/layout/empty-state";
import { hasKey } from "@/components/lib/has-key";

export function EventList({ events }: { events: readonly AccountEventEntry[] }) {
  const t = useTranslations("account.activity");
  if (events.length === 0) return <EmptyState icon={HistoryIcon} title={t("empty")} description={t("emptyText")} />;
  return (
    <Section title={t("title")} lead={t("lead")}>
      <ol className="-my-2.5 divide-y">
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ol>
    </Section>
  );
}

function EventRow({ event }: { event: AccountEventEntry }) {
  const t = useTranslations("account.activity.action");
  const sessions = useTranslations("account.sessions");
  const when = useWhen();
  const device = useDeviceName()(event.device);
  const methodName = useMethodName();
  const name = event.action.replaceAll(".", "_");
  const isAlarming = event.action === "session.fail" || event.action === "recovery_code.use";
  const facts = [...(event.method ? [methodName(event.method)] : []), device, event.ip ?? sessions("noAddress")];
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2.5">
      <div className="min-w-0">
        <p className={isAlarming ? "text-sm font-medium text-warning-text" : "text-sm font-medium"}>
          {hasKey(t, name) ? t(name) : event.action}
        </p>
        <p className="text-xs break-words text-muted-foreground">{facts.join(" · ")}</p>
      </div>
      <time
        dateTime={event.at.toISOString()}
        title={when.exact(event.at)}
        className="text-xs whitespace-nowrap text-muted-foreground"
      >
        {when.relative(event.at)}
      </time>
    </li>
  );
}
