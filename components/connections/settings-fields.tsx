"use client";

import { useTranslations } from "next-intl";
import { type Control, Controller, type FieldErrors, type UseFormRegister } from "react-hook-form";
import { backfillOptions, trailingOptions } from "@/components/connections/backfill-options";
import type { ConnectionSettings } from "@/components/connections/settings-schema";
import { Field } from "@/components/forms/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { UsageGranularity } from "@/server/connections/schema";

type SettingsFieldsProps = {
  register: UseFormRegister<ConnectionSettings>;
  control: Control<ConnectionSettings>;
  errors: FieldErrors<ConnectionSettings>;
};

/** Name, depth of history, days to look at again and detail of usage: what can be chosen when connecting and changed later. */
export function SettingsFields({ register, control, errors }: SettingsFieldsProps) {
  const t = useTranslations("connections.form");
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")} error={errors.name && t("nameInvalid")}>
        {(field) => <Input {...field} {...register("name")} autoComplete="off" className="h-9" />}
      </Field>
      <Controller
        control={control}
        name="backfillDays"
        render={({ field }) => (
          <Field label={t("backfill")} hint={t("backfillHint")}>
            {(props) => <BackfillSelect {...props} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      <Controller
        control={control}
        name="trailingDays"
        render={({ field }) => (
          <Field label={t("trailing")} hint={t("trailingHint")}>
            {(props) => <TrailingSelect {...props} value={field.value} onChange={field.onChange} />}
          </Field>
        )}
      />
      <Controller
        control={control}
        name="usageGranularity"
        render={({ field }) => <GranularityChoice value={field.value} onChange={field.onChange} />}
      />
    </>
  );
}

type DaysSelectProps = {
  id: string;
  "aria-describedby": string | undefined;
  value: number;
  onChange: (days: number) => void;
};

function BackfillSelect({ value, onChange, ...props }: DaysSelectProps) {
  const t = useTranslations("connections.form");
  const isOffered = backfillOptions.some(({ days }) => days === value);
  return (
    <Select value={String(value)} onValueChange={(days) => onChange(Number(days))}>
      <SelectTrigger className="h-9 w-full sm:w-64" {...props}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {!isOffered && <SelectItem value={String(value)}>{t("backfillDays", { days: value })}</SelectItem>}
        {backfillOptions.map(({ months, days }) => (
          <SelectItem key={days} value={String(days)}>
            {t("backfillMonths", { months })}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

function TrailingSelect({ value, onChange, ...props }: DaysSelectProps) {
  const t = useTranslations("connections.form");
  const options = [...new Set([...trailingOptions, value])].toSorted((a, b) => a - b);
  return (
    <Select value={String(value)} onValueChange={(days) => onChange(Number(days))}>
      <SelectTrigger className="h-9 w-full sm:w-64" {...props}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {options.map((days) => (
          <SelectItem key={days} value={String(days)}>
            {t("trailingDays", { days })}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

type GranularityChoiceProps = { value: UsageGranularity; onChange: (granularity: UsageGranularity) => void };

const granularityText = {
  hour: { label: "granularityHour", text: "granularityHourText" },
  day: { label: "granularityDay", text: "granularityDayText" },
} as const;

function GranularityChoice({ value, onChange }: GranularityChoiceProps) {
  const t = useTranslations("connections.form");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-13 font-medium">{t("granularity")}</legend>
      <RadioGroup
        value={value}
        onValueChange={(next) => onChange(UsageGranularity.parse(next))}
        aria-label={t("granularity")}
        className="sm:grid-cols-2"
      >
        {UsageGranularity.options.map((option) => (
          <label
            key={option}
            className="flex cursor-pointer items-start gap-2.5 rounded-lg border px-3 py-2.5 transition-colors duration-100 hover:bg-accent has-data-[state=checked]:border-primary"
          >
            <RadioGroupItem value={option} className="mt-0.5" />
            <span className="grid gap-0.5 text-13">
              <span className="font-medium">{t(granularityText[option].label)}</span>
              <span className="text-xs text-pretty text-muted-foreground">{t(granularityText[option].text)}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
