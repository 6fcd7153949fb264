"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { DialogForm } from "@/components/forms/form-dialog";
import { useAllocationMutations } from "@/components/allocation/use-allocation-mutations";
import { Field } from "@/components/forms/field";
import { useOrg } from "@/components/orgs/org-context";
import { Input } from "@/components/ui/input";
import type { ItemRef } from "@/server/directory/schema";
import type { Member } from "@/server/usage/schema";

const Form = z.object({ name: z.string().trim().max(200) });

type AliasFormProps = { item: ItemRef; member: Member; onClose: () => void };

/** A name of one's own; an empty one gives the provider's back. */
export function AliasForm({ item, member, onClose }: AliasFormProps) {
  const t = useTranslations("allocation.alias");
  const org = useOrg().slug;
  const { setAlias } = useAllocationMutations(onClose);
  const hasAlias = member.providerName !== undefined;
  const providerName = (hasAlias ? member.providerName : member.name) ?? item.itemId;
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { name: (hasAlias ? member.name : null) ?? "" },
  });
  return (
    <DialogForm
      title={t("title")}
      text={t("text")}
      mutation={setAlias}
      onClose={onClose}
      onSubmit={handleSubmit(({ name }) => setAlias.mutate({ org, ...item, name: name || null }))}
    >
      <Field label={t("name")} hint={t("hint", { name: providerName })} error={formState.errors.name && t("invalid")}>
        {(field) => <Input {...field} {...register("name")} placeholder={providerName} autoComplete="off" dir="auto" />}
      </Field>
    </DialogForm>
  );
}
