"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDeviceName } from "@/components/account/device-label";
import { ActorIcon } from "@/components/audit/actor-icon";
import { EventTime } from "@/components/audit/event-time";
import type { AuditEventEntry } from "@/components/audit/types";
import { useAuditWords } from "@/components/audit/use-audit-words";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card } from "@/components/ui/card";

type AuditTableProps = {
  events: readonly AuditEventEntry[];
  onOpen: (event: AuditEventEntry) => void;
  isLoading: boolean;
  empty: ReactNode;
  more: { onMore: () => void; isLoading: boolean } | undefined;
};

/** Newest first; the order is the log's own, so there is none to choose. */
export function AuditTable({ events, onOpen, ...table }: AuditTableProps) {
  const t = useTranslations("audit");
  return (
    <Card>
      <DataTable
        label={t("events")}
        columns={useEventColumns()}
        rows={events}
        rowKey={({ id }) => id}
        onRowOpen={onOpen}
        sort={null}
        hasToolbar={false}
        {...table}
      />
    </Card>
  );
}

function useEventColumns(): DataColumn<AuditEventEntry>[] {
  const t = useTranslations("audit");
  const words = useAuditWords();
  const columns: DataColumn<AuditEventEntry>[] = [
    {
      id: "what",
      header: t("what"),
      value: ({ action }) => words.action(action),
      cell: ({ action }) => <What action={action} />,
      width: 224,
    },
    {
      id: "who",
      header: t("who"),
      value: (event) => words.actor(event),
      cell: (event) => <Who event={event} />,
    },
    {
      id: "target",
      header: t("target"),
      value: (event) => words.target(event),
      cell: (event) => <Target event={event} />,
    },
    {
      id: "when",
      header: t("when"),
      kind: "instant",
      value: ({ at }) => at,
      cell: ({ at }) => <EventTime at={at} />,
      width: 172,
    },
    {
      id: "from",
      header: t("from"),
      value: ({ ip }) => ip,
      cell: (event) => <Origin event={event} />,
      width: 236,
    },
  ];
  return columns.map((column) => ({ ...column, isSortable: false }));
}

function Who({ event }: { event: AuditEventEntry }) {
  const words = useAuditWords();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ActorIcon type={event.actor_type} />
      <span className="name-text" title={event.actor_name ?? event.actor_id ?? undefined}>
        {words.actor(event)}
      </span>
    </span>
  );
}

/** What somebody should look at stands out. */
const alarming = new Set(["session.fail", "recovery_code.use", "connection.break", "domain.lapse"]);

function What({ action }: { action: string }) {
  const words = useAuditWords();
  const text = words.action(action);
  return (
    <span
      className={alarming.has(action) ? "block name-text font-medium text-warning-text" : "block name-text"}
      title={action}
    >
      {text}
    </span>
  );
}

function Target({ event }: { event: AuditEventEntry }) {
  const words = useAuditWords();
  return (
    <span className="block name-text" title={event.target_name ?? event.target_id}>
      {words.target(event)} <span className="text-muted-foreground">{words.kind(event.target_type)}</span>
    </span>
  );
}

function Origin({ event: { ip, user_agent: agent, device } }: { event: AuditEventEntry }) {
  const t = useTranslations("audit");
  const deviceName = useDeviceName();
  if (!ip && !agent) return <span className="text-muted-foreground">{t("server")}</span>;
  // Programs say more of themselves than a browser's name.
  const name = device.browser || device.system ? deviceName(device) : agent;
  return (
    <span className="block name-text" title={agent ?? undefined}>
      <span className="font-mono text-xs">{ip ?? t("noAddress")}</span>
      {name && <span className="text-muted-foreground"> {name}</span>}
    </span>
  );
}
