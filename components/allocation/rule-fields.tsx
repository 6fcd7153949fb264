"use client";

import { PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RuleForm, sumOf } from "@/components/allocation/rule-form-schema";
import { useCostCenters } from "@/components/allocation/use-rule-words";
import { Field, type FieldControlProps } from "@/components/forms/field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

type Control<T> = { value: T; onChange: (value: T) => void };

/** One cost center. */
export function CostCenterSelect({ value, onChange, error }: Control<string> & { error?: string }) {
  const t = useTranslations("allocation.rule");
  return (
    <Field label={t("costCenter")} error={error}>
      {(field) => <Choice field={field} value={value} onChange={onChange} />}
    </Field>
  );
}

type ChoiceProps = Control<string> & { field?: FieldControlProps; label?: string };

function Choice({ value, onChange, field, label }: ChoiceProps) {
  const t = useTranslations("allocation.rule");
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger {...field} aria-label={label} className="h-9 w-full">
        <SelectValue placeholder={t("choose")} />
      </SelectTrigger>
      <SelectContent>
        {useCostCenters().map(({ id, name, code }) => (
          <SelectItem key={id} value={id}>
            {code ? `${name} · ${code}` : name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

/** Cost centers with percentages, and what they come to. */
export function ShareRows({ value, onChange, error }: Control<RuleForm["shares"]> & { error?: string }) {
  const t = useTranslations("allocation.rule");
  const change = (index: number, part: Partial<RuleForm["shares"][number]>) =>
    onChange(value.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-13 font-medium">{t("shares")}</legend>
      {value.map((row, index) => (
        // Rows have no name of their own: two may be of the same cost center while one types.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <div key={index} className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <Choice
              value={row.costCenterId}
              onChange={(costCenterId) => change(index, { costCenterId })}
              label={t("shareOf", { place: index + 1 })}
            />
          </div>
          <Input
            inputMode="decimal"
            value={row.percent}
            onChange={(event) => change(index, { percent: event.target.value })}
            aria-label={t("percentOf", { place: index + 1 })}
            aria-invalid={error ? true : undefined}
            className="tabular h-9 w-24 text-right"
          />
          <span aria-hidden="true" className="text-13 text-muted-foreground">
            %
          </span>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("removeShare", { place: index + 1 })}
            disabled={value.length === 1}
            onClick={() => onChange(value.filter((_, i) => i !== index))}
          >
            <XIcon />
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button variant="outline" size="sm" onClick={() => onChange([...value, { costCenterId: "", percent: "" }])}>
          <PlusIcon />
          {t("addShare")}
        </Button>
        <span className="tabular text-13 text-muted-foreground">{t("sum", { percent: sumOf(value) })}</span>
      </div>
      {error && (
        <p role="alert" className="text-xs text-destructive-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** Which cost centers share in proportion; none chosen means all. */
export function CostCenterChecks({ value, onChange }: Control<string[]>) {
  const t = useTranslations("allocation.rule");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 text-13 font-medium">{t("sharing")}</legend>
      {useCostCenters().map(({ id, name }) => (
        <Label key={id} className="flex min-w-0 items-center gap-2 py-0.5 font-normal">
          <Checkbox
            checked={value.includes(id)}
            onCheckedChange={(checked) =>
              onChange(checked === true ? [...value, id] : value.filter((other) => other !== id))
            }
          />
          <span className="name-text">{name}</span>
        </Label>
      ))}
      <p className="text-xs text-muted-foreground">{t("sharingHint")}</p>
    </fieldset>
  );
}
