"use client";

import { MailIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { hasKey } from "@/components/lib/has-key";
import { MailPreview } from "@/components/outbox/mail-preview";
import type { OutboxMail } from "@/components/outbox/types";
import { useWhen } from "@/components/account/use-when";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

/** The installation's latest mails, one of them open. */
export function Outbox({ mails }: { mails: readonly OutboxMail[] }) {
  const t = useTranslations("outbox");
  const [openId, setOpenId] = useState<string | null>(null);
  if (mails.length === 0) return <EmptyState icon={MailIcon} title={t("empty")} description={t("emptyText")} />;
  const open = mails.find(({ id }) => id === openId) ?? null;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Card>
        <ul aria-label={t("title")} className="divide-y lg:max-h-[70vh] lg:overflow-y-auto">
          {mails.map((mail) => (
            <li key={mail.id}>
              <MailButton mail={mail} isOpen={mail.id === openId} onOpen={() => setOpenId(mail.id)} />
            </li>
          ))}
        </ul>
      </Card>
      <MailPreview mail={open} />
    </div>
  );
}

const stateVariants = { queued: "info", sent: "success", failed: "danger", kept: "neutral" } as const;

function MailButton({ mail, isOpen, onOpen }: { mail: OutboxMail; isOpen: boolean; onOpen: () => void }) {
  const t = useTranslations("outbox");
  const template = useTranslations("outbox.template");
  const when = useWhen();
  return (
    <button
      type="button"
      aria-pressed={isOpen}
      onClick={onOpen}
      className="grid w-full gap-0.5 px-4 py-3 text-left transition-colors duration-100 hover:bg-accent focus-visible:-outline-offset-2 aria-pressed:bg-accent"
    >
      <span className="flex items-center justify-between gap-2">
        <span className="min-w-0 truncate text-sm font-medium">{mail.recipient}</span>
        <Badge variant={stateVariants[mail.state]}>{t(`states.${mail.state}`)}</Badge>
      </span>
      <span className="flex items-center justify-between gap-2 text-xs text-muted-foreground">
        <span className="truncate">{hasKey(template, mail.template) ? template(mail.template) : mail.template}</span>
        <span className="shrink-0" title={when.exact(mail.createdAt)}>
          {when.relative(mail.createdAt)}
        </span>
      </span>
      {mail.error && <span className="text-xs break-words text-destructive-text">{mail.error}</span>}
    </button>
  );
}
