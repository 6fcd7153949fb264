"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { SecretDialog } from "@/components/tokens/secret-dialog";
import { TokenSecret } from "@/components/tokens/token-secret";
import type { TokenEntry } from "@/components/tokens/types";
import { Button } from "@/components/ui/button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type TokenScope, tokenScopes } from "@/server/tokens/schema";

type RotateTokenDialogProps = { token: TokenEntry; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** A successor, and for how long the old token goes on beside it. */
export function RotateTokenDialog({ token, isOpen, onOpenChange }: RotateTokenDialogProps) {
  const t = useTranslations("tokens.rotate");
  const format = useFormat();
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const rotate = useMutation(trpc.tokens.rotate.mutationOptions());
  const close = () => {
    onOpenChange(false);
    // Not before: the row that this dialog belongs to changes.
    if (rotate.isSuccess) void queryClient.invalidateQueries(trpc.tokens.pathFilter());
    else rotate.reset();
  };
  return (
    <SecretDialog
      isOpen={isOpen}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      isShowingSecret={rotate.isSuccess}
    >
      {rotate.isSuccess ? (
        <TokenSecret
          title={t("done", { name: token.name })}
          text={t("doneText", { last4: token.last4, date: format.instant(rotate.data.oldWorksUntil.toISOString()) })}
          token={rotate.data.token}
          scopes={token.scopes.filter(isKnown)}
          onDone={close}
        />
      ) : (
        <RotateForm
          token={token}
          mutation={rotate}
          onSubmit={(overlapHours) => rotate.mutate({ org, tokenId: token.id, overlapHours })}
          onClose={close}
        />
      )}
    </SecretDialog>
  );
}

const isKnown = (scope: string): scope is TokenScope => tokenScopes.some((known) => known === scope);

const overlapChoices = [0, 1, 8, 24, 72, 168];
const USUAL_HOURS = 24;

type RotateFormProps = {
  token: TokenEntry;
  mutation: { isPending: boolean; error: unknown };
  onSubmit: (overlapHours: number) => void;
  onClose: () => void;
};

function RotateForm({ token, mutation, onSubmit, onClose }: RotateFormProps) {
  const t = useTranslations("tokens.rotate");
  const ui = useTranslations("ui");
  const errorText = useErrorText();
  const [hours, setHours] = useState(USUAL_HOURS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(hours);
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{t("title", { name: token.name })}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
      </DialogHeader>
      <Field label={t("overlap")} hint={hours === 0 ? t("overlapNone") : t("overlapHint")}>
        {(control) => (
          <Select value={String(hours)} onValueChange={(next) => setHours(Number(next))}>
            <SelectTrigger {...control} className="h-9 w-full sm:w-64">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {overlapChoices.map((choice) => (
                <SelectItem key={choice} value={String(choice)}>
                  {choice > USUAL_HOURS ? t("days", { days: choice / 24 }) : t("hours", { hours: choice })}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
      <FormError error={mutation.error ? errorText(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={mutation.isPending} pendingLabel={t("submitting")}>
          {t("submit")}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}
