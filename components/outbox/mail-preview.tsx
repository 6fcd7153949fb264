"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import type { OpenMail, OutboxMail } from "@/components/outbox/types";
import { Card } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";

/** One mail as its reader sees it, or why it cannot be shown. */
export function MailPreview({ mail }: { mail: OutboxMail | null }) {
  const t = useTranslations("outbox");
  if (!mail) return <Note>{t("choose")}</Note>;
  if (mail.state === "sent") return <Note>{t("gone")}</Note>;
  return <Loaded key={mail.id} mailId={mail.id} />;
}

const Note = ({ children }: { children: string }) => (
  <p className="rounded-lg border border-dashed px-6 py-16 text-center text-13 text-muted-foreground">{children}</p>
);

function Loaded({ mailId }: { mailId: string }) {
  const errorText = useErrorText();
  const mail = useQuery(useTRPC().outbox.get.queryOptions({ mailId }));
  if (mail.error) return <ErrorState description={errorText(mail.error).text} onRetry={() => void mail.refetch()} />;
  if (!mail.data) return <Skeleton className="h-96 w-full" />;
  return <Body mail={mail.data} />;
}

function Body({ mail }: { mail: OpenMail }) {
  const t = useTranslations("outbox");
  const [form, setForm] = useState<"html" | "text">("html");
  const segments = [
    { value: "html", label: t("html") },
    { value: "text", label: t("text") },
  ] as const;
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-start justify-between gap-3 border-b px-4 py-3">
        <div className="min-w-0">
          <h2 className="text-sm font-medium break-words">{mail.subject}</h2>
          <p className="text-xs break-all text-muted-foreground">
            {t("recipient")}: {mail.recipient}
          </p>
        </div>
        <SegmentedControl
          segments={segments}
          value={form}
          onValueChange={setForm}
          aria-label={t("preview")}
          size="sm"
        />
      </div>
      {form === "html" ? (
        // Neither scripts nor our origin: links open in a tab of their own, like from a mail program.
        <iframe
          title={t("preview")}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.html.replace("<head>", '<head><base target="_blank">')}
          className="h-[34rem] w-full bg-white"
        />
      ) : (
        <pre className="overflow-x-auto p-4 font-mono text-xs break-words whitespace-pre-wrap">{mail.text}</pre>
      )}
    </Card>
  );
}
