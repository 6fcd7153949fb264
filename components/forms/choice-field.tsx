"use client";

import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { Field } from "@/components/forms/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

type ChoiceFieldProps<TForm extends FieldValues> = {
  control: Control<TForm>;
  /** A field that holds a text. */
  name: FieldPath<TForm>;
  label: string;
  hint?: string | null;
  choices: readonly { value: string; label: string }[];
};

/** One of several, as a select. */
export function ChoiceField<TForm extends FieldValues>({
  control,
  name,
  label,
  hint,
  choices,
}: ChoiceFieldProps<TForm>) {
  return (
    <Controller
      control={control}
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
