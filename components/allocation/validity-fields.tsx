"use client";

import { useTranslations } from "next-intl";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { Validity } from "@/components/allocation/validity";
import { Field } from "@/components/forms/field";
import { DateInput } from "@/components/ui/date-input";

type ValidityFieldsProps<T extends Validity> = {
  register: UseFormRegister<T>;
  errors: FieldErrors<Validity>;
};

/** From which UTC day on, and until which, or for good. */
export function ValidityFields<T extends Validity>({ register, errors }: ValidityFieldsProps<T>) {
  const t = useTranslations("allocation.validity");
  const own = register as unknown as UseFormRegister<Validity>;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t("from")} error={errors.from && t("fromInvalid")} hint={t("fromHint")}>
        {(field) => <DateInput {...field} {...own("from")} />}
      </Field>
      <Field label={t("last")} isOptional error={errors.last && t("lastInvalid")} hint={t("lastHint")}>
        {(field) => <DateInput {...field} {...own("last")} />}
      </Field>
    </div>
  );
}
