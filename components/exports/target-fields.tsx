"use client";

import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import type { ScheduleForm } from "@/components/exports/schedule-form";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";

type TargetFieldsProps = {
  form: UseFormReturn<ScheduleForm>;
  /** A secret key is stored already; left empty, it stays. */
  hasSecret: boolean;
};

/** Where the file goes: a bucket, or members' mail. */
export function TargetFields({ form, hasSecret }: TargetFieldsProps) {
  const t = useTranslations("exports.schedule");
  return (
    <fieldset className="grid min-w-0 gap-4 border-t pt-4">
      <ChoiceField
        control={form.control}
        name="kind"
        label={t("target")}
        choices={[
          { value: "s3", label: t("s3") },
          { value: "mail", label: t("mail") },
        ]}
      />
      {form.watch("kind") === "mail" ? <Recipients form={form} /> : <Storage form={form} hasSecret={hasSecret} />}
    </fieldset>
  );
}

function Recipients({ form }: Pick<TargetFieldsProps, "form">) {
  const t = useTranslations("exports.schedule");
  const error = form.formState.errors.recipients && t("recipientsInvalid");
  return (
    <Field label={t("recipients")} hint={t("recipientsHint")} error={error}>
      {(props) => (
        <Textarea
          {...props}
          {...form.register("recipients")}
          rows={2}
          autoCapitalize="off"
          spellCheck={false}
          className="min-h-16"
        />
      )}
    </Field>
  );
}

const storageFields = [
  { name: "endpoint", isOptional: true, placeholder: "https://storage.example.com" },
  { name: "region", isOptional: false, placeholder: "us-east-1" },
  { name: "bucket", isOptional: false, placeholder: "" },
  { name: "prefix", isOptional: true, placeholder: "finance/openai/" },
  { name: "accessKeyId", isOptional: false, placeholder: "" },
] as const;

function Storage({ form, hasSecret }: TargetFieldsProps) {
  const t = useTranslations("exports.schedule");
  const { errors } = form.formState;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {storageFields.map(({ name, isOptional, placeholder }) => (
        <Field
          key={name}
          label={t(name)}
          isOptional={isOptional}
          hint={name === "endpoint" ? t("endpointHint") : undefined}
          error={errors[name] && t("fieldInvalid")}
          className={name === "endpoint" ? "sm:col-span-2" : undefined}
        >
          {(props) => (
            <Input
              {...props}
              {...form.register(name)}
              placeholder={placeholder}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="h-9"
            />
          )}
        </Field>
      ))}
      <Field label={t("secretAccessKey")} hint={hasSecret ? t("secretKept") : t("secretHint")} isOptional={hasSecret}>
        {(props) => (
          <PasswordInput
            {...props}
            {...form.register("secretAccessKey")}
            labels={{ show: t("showSecret"), hide: t("hideSecret") }}
            autoComplete="off"
          />
        )}
      </Field>
      <Controller
        control={form.control}
        name="isPathStyle"
        render={({ field }) => (
          <Field label={t("isPathStyle")} hint={t("isPathStyleHint")} className="sm:col-span-2">
            {(props) => <Switch {...props} checked={field.value} onCheckedChange={field.onChange} />}
          </Field>
        )}
      />
    </div>
  );
}
