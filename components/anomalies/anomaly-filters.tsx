"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { anomalyParams, anomalyStates } from "@/components/anomalies/anomaly-params";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { anomalyDimensions, anomalyDirections } from "@/server/anomalies/constants";

const ANY = "any";

/** Open or dismissed, what stands out, and whether it rose or fell; how many there are of each state. */
export function AnomalyFilters({ counts }: { counts: Record<(typeof anomalyStates)[number], number> }) {
  const t = useTranslations("anomalies.filter");
  const dimensions = useTranslations("explore.dimensions");
  const [{ state, kind, direction }, setParams] = useQueryStates(anomalyParams, { history: "push" });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        aria-label={t("state")}
        value={state}
        onValueChange={(next) => void setParams({ state: next })}
        segments={anomalyStates.map((value) => ({
          value,
          label: (
            <>
              {t(`states.${value}`)} <span className="text-muted-foreground tabular">{counts[value]}</span>
            </>
          ),
        }))}
      />
      <Choice
        label={t("kind")}
        value={kind}
        onValueChange={(next) => void setParams({ kind: next })}
        any={t("anyKind")}
        choices={anomalyDimensions.map((value) => ({
          value,
          label: value === "total" ? t("total") : dimensions(value),
        }))}
      />
      <Choice
        label={t("direction")}
        value={direction}
        onValueChange={(next) => void setParams({ direction: next })}
        any={t("anyDirection")}
        choices={anomalyDirections.map((value) => ({ value, label: t(`directions.${value}`) }))}
      />
    </div>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T | null;
  onValueChange: (value: T | null) => void;
  any: string;
  choices: readonly { value: T; label: string }[];
};

/** One of a few, or any. */
function Choice<T extends string>({ label, value, onValueChange, any, choices }: ChoiceProps<T>) {
  return (
    <Select
      value={value ?? ANY}
      onValueChange={(next) => onValueChange(choices.find((choice) => choice.value === next)?.value ?? null)}
    >
      <SelectTrigger aria-label={label}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ANY}>{any}</SelectItem>
        {choices.map((choice) => (
          <SelectItem key={choice.value} value={choice.value}>
            {choice.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
