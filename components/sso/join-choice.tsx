"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/forms/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { JoinRole } from "@/server/sso/schema";

const NOBODY = "nobody";

type JoinChoiceProps = { value: JoinRole | null; onValueChange: (role: JoinRole | null) => void };

/** What becomes of somebody whom the provider knows and the organization does not. */
export function JoinChoice({ value, onValueChange }: JoinChoiceProps) {
  const t = useTranslations("sso.provider");
  return (
    <Field label={t("joinAs")} hint={t("joinAsHint")}>
      {(field) => (
        <Select
          value={value ?? NOBODY}
          onValueChange={(next) => onValueChange(next === NOBODY ? null : JoinRole.parse(next))}
        >
          <SelectTrigger className="h-9 w-full sm:w-64" {...field}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {[NOBODY, ...JoinRole.options].map((option) => (
              <SelectItem key={option} value={option}>
                {t(`join.${option as JoinRole | typeof NOBODY}`)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
