"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDeviceName } from "@/components/account/device-label";
import type { SetAuditState } from "@/components/audit/audit-filters";
import { EventChanges } from "@/components/audit/event-changes";
import { utcText } from "@/components/audit/event-time";
import type { AuditEventEntry } from "@/components/audit/types";
import { useAuditWords } from "@/components/audit/use-audit-words";
import { useFormat } from "@/components/lib/use-format";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Sheet, SheetBody, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet";

type EventDrawerProps = { event: AuditEventEntry; isOpen: boolean; onClose: () => void; onFilter: SetAuditState };

/** All that the log knows of one event, and the way to others like it. */
export function EventDrawer({ event, isOpen, onClose, onFilter }: EventDrawerProps) {
  const t = useTranslations("audit");
  const words = useAuditWords();
  const format = useFormat();
  const filter: SetAuditState = (change) => {
    onFilter(change);
    onClose();
  };
  return (
    <Sheet open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <SheetContent>
        <SheetHeader>
          <SheetTitle>{words.action(event.action)}</SheetTitle>
          <SheetDescription>{format.instant(event.at, "full")}</SheetDescription>
        </SheetHeader>
        <SheetBody className="grid content-start gap-5 pb-6">
          <Facts event={event} />
          <EventChanges before={event.before} after={event.after} />
          <div className="flex flex-wrap gap-2">
            <Button variant="outline" size="sm" onClick={() => filter({ actor: actorOf(event) })}>
              {t("drawer.sameActor")}
            </Button>
            <Button variant="outline" size="sm" onClick={() => filter({ target: event.target_id })}>
              {t("drawer.sameTarget")}
            </Button>
          </div>
        </SheetBody>
      </SheetContent>
    </Sheet>
  );
}

/** As the address and the server name an actor. */
export const actorOf = ({ actor_type: type, actor_id: id }: Pick<AuditEventEntry, "actor_type" | "actor_id">) =>
  id === null ? type : `${type}:${id}`;

function Facts({ event }: { event: AuditEventEntry }) {
  const t = useTranslations("audit");
  const words = useAuditWords();
  const device = useDeviceName()(event.device);
  const kind = words.kind(event.target_type);
  return (
    <dl className="grid gap-3 text-13">
      <Fact label={t("drawer.utc")}>{utcText(event.at)}</Fact>
      <Fact label={t("who")} id={event.actor_id}>
        {words.actor(event)}
      </Fact>
      <Fact label={t("target")} id={event.target_id}>
        {event.target_name ? `${event.target_name} (${kind})` : kind}
      </Fact>
      <Fact label={t("from")}>
        {event.ip ?? t(event.user_agent ? "noAddress" : "server")}
        {event.user_agent && <span className="block text-xs text-muted-foreground">{device}</span>}
        {event.user_agent && (
          <span className="block text-xs break-words text-muted-foreground">{event.user_agent}</span>
        )}
      </Fact>
      <Fact label={t("drawer.action")}>
        <code className="font-mono text-xs">{event.action}</code>
      </Fact>
      {event.request_id && <Fact label={t("drawer.request")} id={event.request_id} />}
      {event.seq === null ? (
        <Fact label={t("drawer.chain")}>{t("drawer.unchained")}</Fact>
      ) : (
        <Fact label={t("drawer.chain")} id={event.hash}>
          {t("drawer.number", { seq: event.seq })}
        </Fact>
      )}
    </dl>
  );
}

/** A name, and below it the id or hash that can be copied. */
function Fact({ label, id, children }: { label: string; id?: string | null; children?: ReactNode }) {
  const t = useTranslations("audit.drawer");
  return (
    <div className="grid grid-cols-[6.5rem_1fr] gap-3">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">
        {children}
        {id && (
          <span className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 truncate font-mono text-xs text-muted-foreground">{id}</span>
            <CopyButton value={id} label={t("copy", { label })} />
          </span>
        )}
      </dd>
    </div>
  );
}
