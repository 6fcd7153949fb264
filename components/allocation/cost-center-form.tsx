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
import type { CostCenter } from "@/server/allocation/schema";

const Form = z.object({ name: z.string().trim().min(1).max(100), code: z.string().trim().max(50) });

type CostCenterFormProps = { center: CostCenter | null; onClose: () => void };

/** Name and number of a new cost center, or of one there is. */
export function CostCenterForm({ center, onClose }: CostCenterFormProps) {
  const t = useTranslations("allocation.centers");
  const org = useOrg().slug;
  const { createCostCenter, updateCostCenter } = useAllocationMutations(onClose);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { name: center?.name ?? "", code: center?.code ?? "" },
  });
  const submit = handleSubmit(({ name, code }) => {
    const fields = { org, name, code: code || null };
    if (center) updateCostCenter.mutate({ ...fields, costCenterId: center.id });
    else createCostCenter.mutate(fields);
  });
  return (
    <DialogForm
      title={t(center ? "editTitle" : "addTitle")}
      text={t("text")}
      mutation={center ? updateCostCenter : createCostCenter}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label={t("name")} error={formState.errors.name && t("nameInvalid")}>
        {(field) => <Input {...field} {...register("name")} autoComplete="off" dir="auto" />}
      </Field>
      <Field label={t("code")} isOptional hint={t("codeHint")} error={formState.errors.code && t("codeInvalid")}>
        {(field) => <Input {...field} {...register("code")} autoComplete="off" />}
      </Field>
    </DialogForm>
  );
}
