"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilterIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useAnswered, useExplore } from "@/components/explore/explore-context";
import {
  type DimensionChoice,
  useDimensionChoices,
  useDimensionName,
} from "@/components/explore/use-dimension-choices";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { useErrorText } from "@/components/lib/use-error-text";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import {
  dimensionsOf,
  type ExploreDimension,
  type ExploreFilter,
  MAX_FILTER_VALUES,
  MAX_FILTERS,
  MAX_TOP,
  refusalOf,
} from "@/server/explore/constants";
import type { ExploreLabel } from "@/server/explore/schema";

/** A button that opens the form for one more filter. */
export function AddFilter() {
  const t = useTranslations("explore");
  const { selected } = useExplore();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm" disabled={selected.query.filters.length >= MAX_FILTERS}>
          <ListFilterIcon />
          {t("addFilter")}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80">
        <FilterForm onDone={() => setIsOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

const ops = ["in", "not_in", "search"] as const satisfies readonly ExploreFilter["op"][];

function FilterForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations("explore");
  const id = useId();
  const { selected } = useExplore();
  const { addFilters } = useAnswered();
  const { measure, groupBy, filters } = selected.query;
  const dimensions = useDimensionChoices(selected.query).filter((choice) =>
    dimensionsOf(measure).includes(choice.dimension),
  );
  const isPossible = ({ dimension: candidate, tag }: DimensionChoice) =>
    refusalOf({ measure, groupBy, filters: [...filters, { dimension: candidate }], tag }) === null;
  const [chosen, setChosen] = useState(() => dimensions.find(isPossible)?.value ?? "model");
  const choice = dimensions.find(({ value }) => value === chosen);
  const dimension = choice?.dimension ?? "model";
  const [op, setOp] = useState<ExploreFilter["op"]>("in");
  const [text, setText] = useState("");
  const [values, setValues] = useState<ReadonlySet<string | null>>(new Set());
  const chooseDimension = (next: string) => {
    setChosen(next);
    setValues(new Set());
  };
  const filter: ExploreFilter | null =
    op === "search"
      ? text.trim() === ""
        ? null
        : { dimension, op, text: text.trim() }
      : values.size === 0
        ? null
        : { dimension, op, values: [...values] };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!filter) return;
    addFilters([filter], choice?.tag ?? null);
    onDone();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Select value={chosen} onValueChange={chooseDimension}>
        <SelectTrigger aria-label={t("filterBy")} className="w-full">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {dimensions.map((candidate) => (
            <SelectItem key={candidate.value} value={candidate.value} disabled={!isPossible(candidate)}>
              {candidate.label}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <SegmentedControl
        size="sm"
        aria-label={t("filterOp")}
        value={op}
        onValueChange={setOp}
        segments={ops.map((value) => ({ value, label: t(`ops.${value}`) }))}
      />
      <div className="grid gap-1.5">
        <Label htmlFor={id} className="sr-only">
          {t("filterSearch")}
        </Label>
        <Input id={id} value={text} placeholder={t("filterSearch")} onChange={(event) => setText(event.target.value)} />
      </div>
      {op !== "search" && (
        <ValueList dimension={dimension} tag={choice?.tag ?? null} text={text} chosen={values} onChange={setValues} />
      )}
      <Button type="submit" disabled={!filter}>
        {t("applyFilter")}
      </Button>
    </form>
  );
}

type ValueListProps = {
  dimension: ExploreDimension;
  tag: string | null;
  /** Only values that hold this. */
  text: string;
  chosen: ReadonlySet<string | null>;
  onChange: (chosen: ReadonlySet<string | null>) => void;
};

/** The dimension's largest values in the range, and nobody if anything is nobody's. */
function ValueList({ dimension, tag, text, chosen, onChange }: ValueListProps) {
  const t = useTranslations("explore");
  const words = useExploreWords();
  const name = useDimensionName();
  const { data, error, isPending } = useValues(dimension, tag);
  const explain = useErrorText();
  if (isPending) return <Skeleton className="h-32" />;
  if (error) return <p className="text-13 text-muted-foreground">{explain(error).text}</p>;
  const wanted = text.trim().toLowerCase();
  const shown = data.filter((label) => matches(label, words.label(label), wanted));
  const toggle = (key: string | null) => {
    const next = new Set(chosen);
    if (!next.delete(key) && next.size < MAX_FILTER_VALUES) next.add(key);
    onChange(next);
  };
  if (shown.length === 0) return <p className="py-4 text-center text-13 text-muted-foreground">{t("noValue")}</p>;
  return (
    <ul aria-label={name(dimension, tag)} className="max-h-52 overflow-y-auto scrollbar-thin">
      {shown.map((label) => (
        <li key={label.key ?? ""}>
          <Label className="flex min-w-0 items-center gap-2 rounded-sm px-1 py-1 font-normal hover:bg-accent">
            <Checkbox checked={chosen.has(label.key)} onCheckedChange={() => toggle(label.key)} />
            <span className="name-text">{words.label(label)}</span>
          </Label>
        </li>
      ))}
    </ul>
  );
}

const matches = ({ key, detail }: ExploreLabel, name: string, wanted: string) =>
  [name, key, detail].some((text) => text?.toLowerCase().includes(wanted));

/** What there is to choose from; other filters do not narrow it, so that nothing seems missing. */
function useValues(dimension: ExploreDimension, tag: string | null) {
  const { slug } = useOrg();
  const { measure, range } = useExplore().selected.query;
  const query = { measure, range, tag, groupBy: [dimension], granularity: "quarter" as const, top: MAX_TOP };
  return useQuery({
    ...useTRPC().explore.query.queryOptions({ org: slug, query }),
    select: ({ groups }) => groups.flatMap(({ kind, labels }) => (kind === "other" ? [] : labels)),
  });
}
