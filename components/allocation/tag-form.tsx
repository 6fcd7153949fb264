"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import { DialogForm } from "@/components/forms/form-dialog";
import { useAllocationMutations } from "@/components/allocation/use-allocation-mutations";
import { isOrdered, toRange, utcToday, validityFields } from "@/components/allocation/validity";
import { ValidityFields } from "@/components/allocation/validity-fields";
import { Field } from "@/components/forms/field";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Input } from "@/components/ui/input";
import { TagKey } from "@/server/allocation/schema";
import type { ItemRef } from "@/server/directory/schema";

const Form = z
  .object({ key: TagKey, value: z.string().trim().max(200), ...validityFields })
  .refine(isOrdered, { path: ["last"] });

type TagFormProps = { items: readonly ItemRef[]; start?: { key: string; value: string }; onClose: () => void };

/** Gives items a tag on some days; an empty value takes it away. */
export function TagForm({ items, start = { key: "", value: "" }, onClose }: TagFormProps) {
  const t = useTranslations("allocation.tag");
  const org = useOrg().slug;
  const { setTag } = useAllocationMutations(onClose);
  const { register, handleSubmit, formState, control } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { ...start, from: utcToday(), last: "" },
  });
  const [keys, values] = [useId(), useId()];
  const known = useQuery(useTRPC().allocation.tags.queryOptions({ org })).data ?? [];
  const key = useWatch({ control, name: "key" });
  return (
    <DialogForm
      title={t("title", { count: items.length })}
      text={t("text")}
      mutation={setTag}
      onClose={onClose}
      onSubmit={handleSubmit((fields) =>
        setTag.mutate({ org, items: [...items], key: fields.key, value: fields.value || null, ...toRange(fields) }),
      )}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("key")} hint={t("keyHint")} error={formState.errors.key && t("keyInvalid")}>
          {(field) => <Input {...field} {...register("key")} list={keys} autoComplete="off" />}
        </Field>
        <Field label={t("value")} hint={t("valueHint")} error={formState.errors.value && t("valueInvalid")}>
          {(field) => <Input {...field} {...register("value")} list={values} autoComplete="off" dir="auto" />}
        </Field>
      </div>
      <Suggestions id={keys} texts={known.map((tag) => tag.key)} />
      <Suggestions id={values} texts={known.find((tag) => tag.key === key)?.values ?? []} />
      <ValidityFields register={register} errors={formState.errors} />
    </DialogForm>
  );
}

const Suggestions = ({ id, texts }: { id: string; texts: readonly string[] }) => (
  <datalist id={id}>
    {texts.map((text) => (
      <option key={text} value={text} />
    ))}
  </datalist>
);
