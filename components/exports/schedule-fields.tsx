"use client";

import { useTranslations } from "next-intl";
import type { UseFormReturn } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import {
  contentNames,
  scheduleFormats,
  type ScheduleForm,
  spans,
  viewContent,
} from "@/components/exports/schedule-form";
import type { ViewContent } from "@/components/exports/use-view-contents";
import { Field } from "@/components/forms/field";
import { Input } from "@/components/ui/input";
import { exportFrequencies } from "@/server/exports/constants";

type FieldsProps = { form: UseFormReturn<ScheduleForm> };

type ContentFieldsProps = FieldsProps & {
  /** Whether what it says now may be something else than can be chosen. */
  isKept: boolean;
  views: readonly ViewContent[];
};

/** Name, content and format. */
export function ContentFields({ form, isKept, views }: ContentFieldsProps) {
  const t = useTranslations("exports.schedule");
  const words = useTranslations("exports");
  const { errors } = form.formState;
  const isOther = isKept && form.getValues("content") === "kept";
  const names = isOther ? [...contentNames, "kept" as const] : contentNames;
  const content = form.watch("content");
  return (
    <>
      <Field label={t("name")} error={errors.name && t("nameInvalid")}>
        {(props) => <Input {...props} {...form.register("name")} autoComplete="off" autoFocus className="h-9" />}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-[2fr_1fr]">
        <ChoiceField
          control={form.control}
          name="content"
          label={t("content")}
          hint={content.startsWith("view:") ? t("viewHint") : undefined}
          choices={[
            ...names.map((value) => ({ value, label: t(`contents.${value}`) })),
            ...views.map(({ id, name }) => ({ value: viewContent(id), label: t("view", { name }) })),
          ]}
        />
        {content !== "focus" && content !== "kept" && (
          <ChoiceField
            control={form.control}
            name="format"
            label={t("format")}
            choices={scheduleFormats.map((value) => ({ value, label: words(value) }))}
          />
        )}
      </div>
    </>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
const monthDays = Array.from({ length: 28 }, (_, day) => String(day + 1));

/** How often, when, and how many days. */
export function RhythmFields({ form }: FieldsProps) {
  const t = useTranslations("exports.schedule");
  const frequency = form.watch("frequency");
  const span = form.watch("span");
  const choices: string[] = [...spans];
  if (!choices.includes(span)) choices.push(span);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <ChoiceField
        control={form.control}
        name="frequency"
        label={t("frequency")}
        choices={exportFrequencies.map((value) => ({ value, label: t(`frequencies.${value}`) }))}
      />
      {frequency === "week" && (
        <ChoiceField
          control={form.control}
          name="weekday"
          label={t("weekday")}
          choices={weekdays.map((value) => ({ value, label: t(`weekdays.${value}`) }))}
        />
      )}
      {frequency === "month" && (
        <ChoiceField
          control={form.control}
          name="monthDay"
          label={t("monthDay")}
          choices={monthDays.map((value) => ({ value, label: value }))}
        />
      )}
      <ChoiceField
        control={form.control}
        name="hour"
        label={t("hour")}
        hint={t("hourHint")}
        choices={hours.map((value) => ({ value, label: `${value.padStart(2, "0")}:00` }))}
      />
      <ChoiceField
        control={form.control}
        name="span"
        label={t("span")}
        choices={choices.map((value) => ({
          value,
          label: value === "period" ? t(`periods.${frequency}`) : t("spanDays", { count: Number(value) }),
        }))}
      />
    </div>
  );
}
