"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { useAnomalyMutations } from "@/components/anomalies/use-anomalies";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Textarea } from "@/components/ui/textarea";
import { type Anomaly, AnomalyDismissal } from "@/server/anomalies/schema";

const Form = AnomalyDismissal.pick({ reason: true });

type DismissDialogProps = { anomaly: Anomaly; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Asks why it is none, or is settled. */
export function DismissDialog({ anomaly, isOpen, onOpenChange }: DismissDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DismissForm anomaly={anomaly} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function DismissForm({ anomaly, onClose }: { anomaly: Anomaly; onClose: () => void }) {
  const t = useTranslations("anomalies");
  const ui = useTranslations("ui");
  const { slug: org } = useOrg();
  const words = useAnomalyWords();
  const explain = useErrorText();
  const { dismiss } = useAnomalyMutations(onClose);
  const { dimension, key, day } = anomaly;
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { reason: "" },
  });
  return (
    <form
      method="post"
      onSubmit={handleSubmit(({ reason }) => dismiss.mutate({ org, dimension, key, day, reason }))}
      className="grid gap-4"
      noValidate
    >
      <DialogHeader>
        <DialogTitle>{t("dismissTitle", { name: words.name(anomaly) })}</DialogTitle>
        <DialogDescription>{t("dismissText")}</DialogDescription>
      </DialogHeader>
      <Field label={t("reason")} error={formState.errors.reason && t("reasonInvalid")}>
        {(props) => <Textarea {...props} {...register("reason")} placeholder={t("reasonExample")} />}
      </Field>
      <FormError error={dismiss.error ? explain(dismiss.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={dismiss.isPending}>{t("dismiss")}</SubmitButton>
      </DialogFooter>
    </form>
  );
}
