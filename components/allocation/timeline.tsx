"use client";

import { ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from "@/components/ui/collapsible";
import type { Dated } from "@/server/allocation/schema";

type TimelineProps<T> = { title: string; entries: readonly Dated<T>[]; textOf: (value: T | null) => string };

/** What held since when, newest first; nothing where it was always the same. */
export function Timeline<T>({ title, entries, textOf }: TimelineProps<T>) {
  const t = useTranslations("allocation.item");
  const format = useFormat();
  if (entries.length === 0) return null;
  return (
    <Collapsible>
      <CollapsibleTrigger className="group flex items-center gap-1 rounded-sm text-xs text-muted-foreground hover:text-foreground">
        <ChevronRightIcon
          aria-hidden="true"
          className="size-3 transition-transform group-data-[state=open]:rotate-90"
        />
        {t("history", { what: title })}
      </CollapsibleTrigger>
      <CollapsibleContent>
        <ul className="mt-1.5 grid gap-1 border-l pl-3 text-xs">
          {entries.toReversed().map(({ from, value }) => (
            <li key={from} className="flex gap-2">
              <time dateTime={from} className="tabular shrink-0 text-muted-foreground">
                {t("since", { day: format.day(from) })}
              </time>
              <span className="min-w-0 break-words">{textOf(value)}</span>
            </li>
          ))}
        </ul>
      </CollapsibleContent>
    </Collapsible>
  );
}
