"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { DialogForm } from "@/components/forms/form-dialog";
import { fromRule, RuleForm as Form, ruleKinds, toRule } from "@/components/allocation/rule-form-schema";
import { CostCenterChecks, CostCenterSelect, ShareRows } from "@/components/allocation/rule-fields";
import { useAllocationMutations } from "@/components/allocation/use-allocation-mutations";
import { toRange, utcToday } from "@/components/allocation/validity";
import { ValidityFields } from "@/components/allocation/validity-fields";
import { useOrg } from "@/components/orgs/org-context";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { Rule } from "@/server/allocation/schema";
import type { ItemRef } from "@/server/directory/schema";

type RuleFormProps = { items: readonly ItemRef[]; start: Rule | null; onClose: () => void };

/** Who bears the cost of items on some days. */
export function RuleForm({ items, start, onClose }: RuleFormProps) {
  const t = useTranslations("allocation.rule");
  const org = useOrg().slug;
  const { setRule } = useAllocationMutations(onClose);
  const { register, handleSubmit, formState, control, watch } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { ...fromRule(start), from: utcToday(), last: "" },
  });
  const kind = watch("kind");
  return (
    <DialogForm
      title={t("title", { count: items.length })}
      text={t("text")}
      mutation={setRule}
      onClose={onClose}
      onSubmit={handleSubmit((fields) =>
        setRule.mutate({ org, items: [...items], rule: toRule(fields), ...toRange(fields) }),
      )}
    >
      <Controller
        name="kind"
        control={control}
        render={({ field }) => (
          <RadioGroup value={field.value} onValueChange={field.onChange} aria-label={t("kind")}>
            {ruleKinds.map((value) => (
              <label key={value} className="flex cursor-pointer items-start gap-2.5 text-13">
                <RadioGroupItem value={value} className="mt-0.5" />
                <span className="grid gap-0.5">
                  <span className="font-medium">{t(`kinds.${value}`)}</span>
                  <span className="text-xs text-pretty text-muted-foreground">{t(`kindHints.${value}`)}</span>
                </span>
              </label>
            ))}
          </RadioGroup>
        )}
      />
      {kind === "single" && (
        <Controller
          name="costCenterId"
          control={control}
          render={({ field }) => (
            <CostCenterSelect {...field} error={formState.errors.costCenterId && t("chooseOne")} />
          )}
        />
      )}
      {kind === "percent" && (
        <Controller
          name="shares"
          control={control}
          render={({ field }) => <ShareRows {...field} error={formState.errors.shares && t("sharesInvalid")} />}
        />
      )}
      {kind === "proportional" && (
        <Controller name="sharing" control={control} render={({ field }) => <CostCenterChecks {...field} />} />
      )}
      <ValidityFields register={register} errors={formState.errors} />
    </DialogForm>
  );
}
