"use client";

import { useTranslations } from "next-intl";
import { PreviewList } from "@/components/imports/preview-list";
import { useFormat } from "@/components/lib/use-format";
import { Money } from "@/components/ui/figure";
import type { ImportAmount, ImportPreview } from "@/server/imports/schema";

const SHOWN = 8;

/** What the files add up to, each day once: in all, and by project, person, model and day. */
export function PreviewTotals({ preview }: { preview: ImportPreview }) {
  const t = useTranslations("imports.preview");
  const format = useFormat();
  const { total, days, byDay } = preview;
  if (total === null || !days) return null;
  const daily = byDay.map(({ day, amount }) => ({ key: day, name: format.day(day), amount }));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Money value={total} className="text-xl font-semibold tracking-tight" />
        <span className="text-13 text-muted-foreground">{format.dayRange(days.first, days.last)}</span>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        <Amounts title={t("byProject")} rows={preview.byProject} />
        <Amounts title={t("byUser")} rows={preview.byUser} />
        <Amounts title={t("byModel")} rows={preview.byModel} />
        <Amounts title={t("byDay")} rows={daily} />
      </div>
    </div>
  );
}

function Amounts({ title, rows }: { title: string; rows: readonly ImportAmount[] }) {
  const none = useTranslations("usage")("unattributed");
  return (
    <PreviewList title={title} rows={rows} shown={SHOWN}>
      {({ key, name, amount }) => (
        <li key={key ?? ""} className="flex justify-between gap-3 py-1">
          <span dir="auto" className="name-text min-w-0" title={key ?? undefined}>
            {name ?? key ?? none}
          </span>
          <Money value={amount} className="shrink-0" />
        </li>
      )}
    </PreviewList>
  );
}
