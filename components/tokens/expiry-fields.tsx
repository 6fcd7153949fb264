"use client";

import { useTranslations } from "next-intl";
import { type Control, type FieldErrors, type UseFormRegister, useWatch } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { Field } from "@/components/forms/field";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useOrg } from "@/components/orgs/org-context";
import { expiryChoices, expiryDays, expiryOf, type TokenForm } from "@/components/tokens/token-form-schema";
import { DateInput } from "@/components/ui/date-input";

type ExpiryFieldsProps = {
  register: UseFormRegister<TokenForm>;
  control: Control<TokenForm>;
  errors: FieldErrors<TokenForm>;
};

/** Until when: a preset, or a day of the organization's zone. */
export function ExpiryFields({ register, control, errors }: ExpiryFieldsProps) {
  const t = useTranslations("tokens.create");
  const { timezone } = useOrg();
  const format = useFormat();
  const now = useNow();
  const [expires, day] = useWatch({ control, name: ["expires", "day"] });
  const days = now === null ? null : expiryDays(timezone, now);
  const until = now !== null && expires !== "day" ? expiryOf({ expires, day }, timezone, now) : null;
  const hint = expires === "never" ? t("neverHint") : until && t("presetHint", { date: format.instant(until) });
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <ChoiceField
        control={control}
        name="expires"
        label={t("expires")}
        hint={hint}
        choices={expiryChoices.map((choice) => ({
          value: choice,
          label: choice === "day" || choice === "never" ? t(choice) : t("days", { days: Number(choice) }),
        }))}
      />
      {expires === "day" && (
        <Field label={t("lastDay")} hint={t("dayHint", { zone: timezone })} error={errors.day && t("dayInvalid")}>
          {(props) => <DateInput {...props} {...register("day")} min={days?.first} max={days?.last} className="h-9" />}
        </Field>
      )}
    </div>
  );
}
