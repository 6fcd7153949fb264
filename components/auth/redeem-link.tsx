"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { PendingCode } from "@/components/auth/pending-code";
import { useRefusalText } from "@/components/auth/use-refusal-text";
import { useSignIn } from "@/components/auth/use-sign-in";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";

/** Signs in by a mailed link, at the press of a button: mail programs that open links do not press it. */
export function RedeemLink({ token, callbackPath }: { token: string; callbackPath: string }) {
  const t = useTranslations("auth");
  const refusalText = useRefusalText();
  const { outcome, isBusy, present } = useSignIn(callbackPath);
  if (outcome?.kind === "second_factor") {
    return <PendingCode pendingToken={outcome.pendingToken} callbackPath={callbackPath} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void present({ magicToken: token });
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <FormError error={refusalText(outcome)} />
      <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("signingIn")} autoFocus>
        {t("link.redeem")}
      </SubmitButton>
    </form>
  );
}
