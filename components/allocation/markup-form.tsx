"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { DialogForm } from "@/components/forms/form-dialog";
import { useAllocationMutations } from "@/components/allocation/use-allocation-mutations";
import { isOrdered, toRange, utcToday, validityFields } from "@/components/allocation/validity";
import { ValidityFields } from "@/components/allocation/validity-fields";
import { Field } from "@/components/forms/field";
import { useOrg } from "@/components/orgs/org-context";
import { Input } from "@/components/ui/input";
import { type CostCenter, MarkupInput } from "@/server/allocation/schema";

const Form = z
  .object({ percent: z.string().trim().pipe(MarkupInput.shape.percent), ...validityFields })
  .refine(isOrdered, { path: ["last"] });

type MarkupFormProps = { center: CostCenter; now: string; onClose: () => void };

/** What is put on top of a cost center's costs, or taken off, on some days. */
export function MarkupForm({ center, now, onClose }: MarkupFormProps) {
  const t = useTranslations("allocation.centers");
  const org = useOrg().slug;
  const { setMarkup } = useAllocationMutations(onClose);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { percent: now, from: utcToday(), last: "" },
  });
  return (
    <DialogForm
      title={t("markupTitle", { name: center.name })}
      text={t("markupText")}
      mutation={setMarkup}
      onClose={onClose}
      onSubmit={handleSubmit((fields) =>
        setMarkup.mutate({ org, costCenterId: center.id, percent: fields.percent, ...toRange(fields) }),
      )}
    >
      <Field label={t("percent")} error={formState.errors.percent && t("percentInvalid")}>
        {(field) => (
          <Input {...field} {...register("percent")} inputMode="text" autoComplete="off" className="tabular w-32" />
        )}
      </Field>
      <ValidityFields register={register} errors={formState.errors} />
    </DialogForm>
  );
}
