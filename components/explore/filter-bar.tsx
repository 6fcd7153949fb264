"use client";

import { XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { AddFilter } from "@/components/explore/add-filter";
import { useExplore } from "@/components/explore/explore-context";
import { useDimensionName } from "@/components/explore/use-dimension-choices";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { Button } from "@/components/ui/button";
import { type ExploreFilter, formatFilter } from "@/server/explore/constants";
import type { ExploreLabel } from "@/server/explore/schema";

/** The filters in force, each removable, and a way to add one. `labels` are what the answer calls their values. */
export function FilterBar({ labels }: { labels: readonly ExploreLabel[] }) {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  const { filters } = selected.query;
  return (
    <section aria-label={t("filters")} className="flex flex-wrap items-center gap-1.5">
      {filters.map((filter) => (
        <FilterChip key={formatFilter(filter)} filter={filter} labels={labels} />
      ))}
      <AddFilter />
      {filters.length > 1 && (
        <Button variant="ghost" size="sm" onClick={() => change({ filter: null })}>
          {t("clearFilters")}
        </Button>
      )}
    </section>
  );
}

type FilterChipProps = { filter: ExploreFilter; labels: readonly ExploreLabel[] };

function FilterChip({ filter, labels }: FilterChipProps) {
  const t = useTranslations("explore");
  const { removeFilter } = useExplore();
  const text = useFilterText()(filter, labels);
  return (
    <span className="inline-flex h-7 max-w-full items-center gap-1 rounded-md border bg-card pr-0.5 pl-2.5 text-13">
      <span className="truncate" title={text}>
        {text}
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        className="size-6"
        aria-label={t("removeFilter", { filter: text })}
        onClick={() => removeFilter(filter)}
      >
        <XIcon />
      </Button>
    </span>
  );
}

const SHOWN_VALUES = 3;

/** "Project: Web, API and 2 more", "Model is not gpt-4o", "Person contains anna". */
function useFilterText() {
  const t = useTranslations("explore");
  const words = useExploreWords();
  const nameOf = useDimensionName();
  const { tag } = useExplore().selected.query;
  return (filter: ExploreFilter, labels: readonly ExploreLabel[]): string => {
    const { dimension } = filter;
    const name = nameOf(dimension, tag);
    if (filter.op === "search") return t("filterText.search", { name, text: filter.text });
    const values = filter.values.map((key) => {
      const known = labels.find((label) => label.dimension === dimension && label.key === key);
      return words.label(known ?? { dimension, key, name: null });
    });
    const shown = values.slice(0, SHOWN_VALUES).join(", ");
    const rest = values.length - SHOWN_VALUES;
    const list = rest > 0 ? t("filterText.more", { shown, count: rest }) : shown;
    return t(`filterText.${filter.op}`, { name, list });
  };
}
