"use client";

import { HistoryIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { AuditFilters, type SetAuditState } from "@/components/audit/audit-filters";
import { auditParams, isFiltered, toQuery, unfiltered } from "@/components/audit/audit-params";
import { AuditTable } from "@/components/audit/audit-table";
import { actorOf, EventDrawer } from "@/components/audit/event-drawer";
import { ExportMenu } from "@/components/audit/export-menu";
import type { AuditEventEntry } from "@/components/audit/types";
import { useAuditLog } from "@/components/audit/use-audit-log";
import { useAuditWords } from "@/components/audit/use-audit-words";
import { useVerification, VerifyButton, VerifyResult } from "@/components/audit/verify-chain";
import { FormError } from "@/components/forms/form-error";
import { EmptyState } from "@/components/layout/empty-state";
import { ErrorState } from "@/components/layout/error-state";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/lib/cn";
import { useErrorText } from "@/components/lib/use-error-text";
import { useSettled } from "@/components/lib/use-settled";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";

const TYPING_PAUSE_MS = 300;

export function AuditLogClient() {
  const t = useTranslations("audit");
  const words = useAuditWords();
  const { timezone } = useOrg();
  const [state, setState] = useQueryStates(auditParams);
  const verification = useVerification();
  const q = useSettled(state.q, TYPING_PAUSE_MS);
  const query = useMemo(() => toQuery({ ...state, q }, timezone), [state, q, timezone]);
  const log = useAuditLog(query);
  const change: SetAuditState = (next) =>
    // Letters that are typed are no steps to go back to.
    void setState(next, { history: "q" in next && next !== unfiltered ? "replace" : "push" });
  const nameOfActor = (actor: string) => {
    const event = log.events.find((candidate) => actorOf(candidate) === actor);
    return event && words.actor(event);
  };
  const nameOfTarget = (target: string) => {
    const event = log.events.find((candidate) => candidate.target_id === target && candidate.target_name);
    return event && words.target(event);
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("lead")}
        actions={
          <>
            <VerifyButton verification={verification} />
            <ExportMenu query={query} />
          </>
        }
      >
        <AuditFilters state={state} onChange={change} nameOfActor={nameOfActor} nameOfTarget={nameOfTarget} />
      </PageHeader>
      <VerifyResult verification={verification} />
      <Events log={log} onFilter={change} isFiltered={isFiltered(state)} />
    </>
  );
}

type EventsProps = { log: ReturnType<typeof useAuditLog>; onFilter: SetAuditState; isFiltered: boolean };

function Events({ log, onFilter, isFiltered: isNarrowed }: EventsProps) {
  const t = useTranslations("audit");
  const errorText = useErrorText();
  const [opened, setOpened] = useState<AuditEventEntry | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (event: AuditEventEntry) => {
    setOpened(event);
    setOpen(true);
  };
  if (log.error && log.events.length === 0) {
    const { text, requestId } = errorText(log.error);
    return <ErrorState description={text} requestId={requestId ?? undefined} onRetry={log.retry} />;
  }
  if (!log.isLoading && log.events.length === 0 && !isNarrowed)
    return <EmptyState icon={HistoryIcon} title={t("empty")} description={t("emptyText")} />;
  const nothing = (
    <>
      {t("noMatch")}
      <Button variant="outline" size="sm" onClick={() => onFilter(unfiltered)}>
        {t("filter.clear")}
      </Button>
    </>
  );
  return (
    <div
      aria-busy={log.isOutdated}
      className={cn("grid min-w-0 gap-3 transition-opacity duration-100", log.isOutdated && "opacity-60")}
    >
      <FormError error={log.error && errorText(log.error)} />
      <AuditTable events={log.events} onOpen={open} isLoading={log.isLoading} empty={nothing} more={log.more} />
      {opened && <EventDrawer event={opened} isOpen={isOpen} onClose={() => setOpen(false)} onFilter={onFilter} />}
    </div>
  );
}
