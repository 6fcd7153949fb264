"use client";

import { Controller, type UseFormReturn } from "react-hook-form";
import type { ScheduleForm } from "@/components/exports/schedule-form";
import { Field } from "@/components/forms/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

type ChoiceFieldProps = {
  form: UseFormReturn<ScheduleForm>;
  name: Exclude<keyof ScheduleForm, "isPathStyle">;
  label: string;
  hint?: string;
  choices: readonly { value: string; label: string }[];
};

/** One of several, as a select. */
export function ChoiceField({ form, name, label, hint, choices }: ChoiceFieldProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Field label={label} hint={hint}>
          {(props) => (
            <Select value={field.value} onValueChange={field.onChange}>
              <SelectTrigger {...props} className="h-9 w-full">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {choices.map((choice) => (
                  <SelectItem key={choice.value} value={choice.value}>
                    {choice.label}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      )}
    />
  );
}
