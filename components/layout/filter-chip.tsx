"use client";

import { XIcon } from "lucide-react";
import { useTranslations } from "next-intl";

type FilterChipProps = { label: string; value: string; onRemove: () => void };

/** One filter that is on: what, which, and away with it. */
export function FilterChip({ label, value, onRemove }: FilterChipProps) {
  const t = useTranslations("layout");
  return (
    <span className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md border bg-card pl-2.5 text-13 shadow-raised">
      <span className="text-muted-foreground">{label}</span>
      <span className="name-text font-medium">{value}</span>
      <button
        type="button"
        aria-label={t("removeFilter", { label, value })}
        onClick={onRemove}
        className="grid h-full w-6.5 place-content-center rounded-r-md text-muted-foreground transition-colors duration-100 hover:bg-accent hover:text-foreground focus-visible:-outline-offset-2"
      >
        <XIcon className="size-3.5" />
      </button>
    </span>
  );
}
