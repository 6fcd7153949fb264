"use client";

import { useTranslations } from "next-intl";
import { listChanges } from "@/components/audit/changes";
import { cn } from "@/components/lib/cn";
import type { JsonObject } from "@/server/audit/schema";

type EventChangesProps = { before: JsonObject | null; after: JsonObject | null };

/** Before and after, field by field. Secrets are in neither: nothing that writes to the log hands one over. */
export function EventChanges({ before, after }: EventChangesProps) {
  const t = useTranslations("audit.changes");
  const changes = listChanges(before, after);
  if (changes.length === 0) return <p className="text-13 text-muted-foreground">{t("none")}</p>;
  return (
    <section aria-label={t("title")} className="grid gap-2">
      <h3 className="text-13 font-medium">{t("title")}</h3>
      <ul className="divide-y rounded-lg border">
        {changes.map((change) => (
          <li key={change.field} className="grid gap-1 px-3 py-2.5">
            <span className="font-mono text-xs text-muted-foreground">{change.field}</span>
            <Side name={t("before")} value={change.before} className="bg-destructive-soft text-destructive-text" />
            <Side name={t("after")} value={change.after} className="bg-success-soft text-success-text" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ name, value, className }: { name: string; value: string | undefined; className: string }) {
  const t = useTranslations("audit.changes");
  if (value === undefined) return null;
  return (
    <span className={cn("flex min-w-0 gap-2 rounded-sm px-2 py-1 text-xs", className)}>
      <span className="w-10 shrink-0">{name}</span>
      <span className="min-w-0 font-mono break-all whitespace-pre-wrap">{value === "" ? t("empty") : value}</span>
    </span>
  );
}
