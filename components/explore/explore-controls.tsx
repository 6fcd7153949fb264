"use client";

import { ChartAreaIcon, ChartColumnIcon, ChartLineIcon, PercentIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useExplore } from "@/components/explore/explore-context";
import { exploreForms } from "@/components/explore/explore-params";
import { choiceValue, useDimensionChoices } from "@/components/explore/use-dimension-choices";
import { granularitiesFor, usual, usualGranularity } from "@/components/explore/resolve-question";
import { useOrg } from "@/components/orgs/org-context";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select, SelectContent, SelectItem, SelectSeparator, SelectTrigger, SelectValue } from "@/components/ui/select";
import {
  dimensionsOf,
  type ExploreDimension,
  exploreComparisons,
  exploreGranularities,
  exploreMeasures,
  refusalOf,
} from "@/server/explore/constants";

/** What is added up, by what, in which steps, and against what. */
export function ExploreControls() {
  const t = useTranslations("explore");
  const { selected } = useExplore();
  return (
    <section aria-label={t("question")} className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <MeasureChoice />
      <GroupChoice place={0} />
      {selected.query.groupBy.length > 0 && <GroupChoice place={1} />}
      <GranularityChoice />
      <CompareChoice />
      <TopChoice />
      <ZoneChoice />
      <FormChoice />
    </section>
  );
}

function MeasureChoice() {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  return (
    <Choice
      label={t("measure")}
      value={selected.query.measure}
      options={exploreMeasures.map((measure) => ({ value: measure, label: t(`measures.${measure}`) }))}
      onChange={(measure) => change({ measure: measure === usual.measure ? null : measure })}
    />
  );
}

const NO_GROUP = "none";

/** The first or the second dimension; what cannot stand beside the rest of the question is there, but cannot be chosen. */
function GroupChoice({ place }: { place: 0 | 1 }) {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  const { measure, groupBy, filters, tag } = selected.query;
  const other = groupBy[1 - place];
  const rest = { groupBy: other ? [other] : [], filters, tag };
  const withChoice = (dimension: ExploreDimension) =>
    other ? (place === 0 ? [dimension, other] : [other, dimension]) : [dimension];
  const choices = useDimensionChoices(rest).filter(({ dimension }) => dimension !== other);
  const options = choices.map(({ value, dimension, tag: key, label }) => ({
    value,
    label,
    disabled: refusalOf({ measure, groupBy: withChoice(dimension), filters, tag: key ?? tag }) !== null,
    hint: dimensionsOf(measure).includes(dimension) ? undefined : t("notOfMeasure"),
  }));
  const choose = (value: string) => {
    const chosen = choices.find((choice) => choice.value === value);
    const group = chosen ? withChoice(chosen.dimension) : place === 0 ? [] : groupBy.slice(0, 1);
    change({ group, ...(chosen?.tag && { tag: chosen.tag }) });
  };
  const own = groupBy[place];
  return (
    <Choice
      label={place === 0 ? t("groupBy") : t("thenBy")}
      value={own ? choiceValue(own, tag) : NO_GROUP}
      options={[{ value: NO_GROUP, label: t("noGroup") }, ...options]}
      onChange={choose}
    />
  );
}

function GranularityChoice() {
  const t = useTranslations("explore");
  const charts = useTranslations("charts");
  const { selected, change } = useExplore();
  const { range, granularity } = selected.query;
  const possible = granularitiesFor(range);
  return (
    <Choice
      label={t("granularity")}
      value={granularity}
      options={exploreGranularities.map((value) => ({
        value,
        label: charts(value),
        disabled: !possible.includes(value),
      }))}
      onChange={(value) => change({ by: value === usualGranularity(range) ? null : value })}
    />
  );
}

function CompareChoice() {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  return (
    <Choice
      label={t("compare")}
      value={selected.query.compare}
      options={exploreComparisons.map((value) => ({ value, label: t(`comparisons.${value}`) }))}
      onChange={(value) => change({ compare: value === usual.compare ? null : value })}
    />
  );
}

/** Whose days; nothing to choose for organizations that live by UTC. */
function ZoneChoice() {
  const t = useTranslations("explore");
  const { timezone } = useOrg();
  const { selected, change } = useExplore();
  if (timezone === "UTC") return null;
  return (
    <Choice
      label={t("zone")}
      value={selected.query.zone}
      options={[
        { value: "utc", label: "UTC" },
        { value: "org", label: timezone },
      ]}
      onChange={(zone) => change({ zone: zone === usual.zone ? null : zone })}
    />
  );
}

const tops = [5, 8, 20, 100];

function TopChoice() {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  const { top, groupBy } = selected.query;
  if (groupBy.length === 0) return null;
  const counts = tops.includes(top) ? tops : [...tops, top].toSorted((a, b) => a - b);
  return (
    <Choice
      label={t("top")}
      value={String(top)}
      options={counts.map((count) => ({ value: String(count), label: t("topCount", { count }) }))}
      onChange={(value) => change({ top: Number(value) === usual.top ? null : Number(value) })}
    />
  );
}

const formIcons = { bar: ChartColumnIcon, area: ChartAreaIcon, line: ChartLineIcon, share: PercentIcon };

/** How the chart is drawn. */
function FormChoice() {
  const t = useTranslations("explore");
  const { selected, change } = useExplore();
  return (
    <SegmentedControl
      aria-label={t("form")}
      className="lg:ml-auto"
      value={selected.form}
      onValueChange={(form) => change({ form: form === usual.form ? null : form })}
      segments={exploreForms.map((form) => {
        const Icon = formIcons[form];
        return { value: form, label: <Icon />, ariaLabel: t(`forms.${form}`) };
      })}
    />
  );
}

type Option<T extends string> = { value: T; label: string; disabled?: boolean; hint?: string };

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
};

/** A select that says in itself what it chooses. */
function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  const [first, ...rest] = options;
  const isOptional = first?.value === NO_GROUP;
  return (
    <Select value={value} onValueChange={choose}>
      <SelectTrigger aria-label={`${label}: ${chosen?.label ?? ""}`} className="max-w-full max-sm:w-full">
        <span className="flex min-w-0 gap-1.5">
          <span className="text-muted-foreground">{label}</span>
          <span className="truncate">
            <SelectValue />
          </span>
        </span>
      </SelectTrigger>
      <SelectContent>
        {isOptional && first && <ChoiceItem option={first} />}
        {isOptional && <SelectSeparator />}
        {(isOptional ? rest : options).map((option) => (
          <ChoiceItem key={option.value} option={option} />
        ))}
      </SelectContent>
    </Select>
  );
}

const ChoiceItem = ({ option }: { option: Option<string> }) => (
  <SelectItem value={option.value} disabled={option.disabled} title={option.hint}>
    {option.label}
  </SelectItem>
);
