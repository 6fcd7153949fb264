"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { useAnomalyMutations } from "@/components/anomalies/use-anomalies";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { Field } from "@/components/forms/field";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { useOrg } from "@/components/orgs/org-context";
import { Textarea } from "@/components/ui/textarea";
import { type Anomaly, AnomalyDismissal } from "@/server/anomalies/schema";

const Form = AnomalyDismissal.pick({ reason: true });

type DismissDialogProps = { anomaly: Anomaly; isOpen: boolean; onClose: () => void };

/** Asks why it is none, or is settled. */
export function DismissDialog({ anomaly, isOpen, onClose }: DismissDialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={onClose}>
      <DismissForm anomaly={anomaly} onClose={onClose} />
    </FormDialog>
  );
}

function DismissForm({ anomaly, onClose }: { anomaly: Anomaly; onClose: () => void }) {
  const t = useTranslations("anomalies");
  const { slug: org } = useOrg();
  const words = useAnomalyWords();
  const { dismiss } = useAnomalyMutations(onClose);
  const { dimension, key, day } = anomaly;
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { reason: "" },
  });
  return (
    <DialogForm
      title={t("dismissTitle", { name: words.name(anomaly) })}
      text={t("dismissText")}
      mutation={dismiss}
      submit={{ label: t("dismiss") }}
      onSubmit={handleSubmit(({ reason }) => dismiss.mutate({ org, dimension, key, day, reason }))}
      onClose={onClose}
    >
      <Field label={t("reason")} error={formState.errors.reason && t("reasonInvalid")}>
        {(props) => <Textarea {...props} {...register("reason")} placeholder={t("reasonExample")} />}
      </Field>
    </DialogForm>
  );
}
