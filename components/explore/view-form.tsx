"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { useCan } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { ViewInput } from "@/server/explore/schema";

const Form = ViewInput.pick({ name: true, isShared: true, isPinned: true }).required();
export type ViewFields = { name: string; isShared: boolean; isPinned: boolean };

type ViewFormProps = {
  title: string;
  submit: string;
  start: ViewFields;
  mutation: { isPending: boolean; error: unknown };
  onSubmit: (fields: ViewFields) => void;
  onClose: () => void;
};

/** A view's name, and who finds it where. */
export function ViewForm({ title, submit, start, mutation, onSubmit, onClose }: ViewFormProps) {
  const t = useTranslations("explore.views");
  const ui = useTranslations("ui");
  const explain = useErrorText();
  const mayShare = useCan("views:share");
  const { register, handleSubmit, control, formState } = useForm<ViewFields>({
    resolver: zodResolver(Form),
    defaultValues: start,
  });
  return (
    <form onSubmit={handleSubmit(onSubmit)} className="grid gap-4" noValidate>
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription className="sr-only">{title}</DialogDescription>
      </DialogHeader>
      <Field label={t("name")} error={formState.errors.name && t("nameInvalid")}>
        {(props) => <Input {...props} {...register("name")} autoComplete="off" />}
      </Field>
      {(["isShared", "isPinned"] as const).map((name) => (
        <Controller
          key={name}
          name={name}
          control={control}
          render={({ field }) => (
            <Label className="flex items-center gap-2 font-normal">
              <Checkbox
                checked={field.value}
                disabled={name === "isShared" && !mayShare}
                onCheckedChange={(checked) => field.onChange(checked === true)}
              />
              {t(name === "isShared" ? "shared" : "pinned")}
            </Label>
          )}
        />
      ))}
      <FormError error={mutation.error ? explain(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={mutation.isPending}>{submit}</SubmitButton>
      </DialogFooter>
    </form>
  );
}
