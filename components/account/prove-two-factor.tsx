"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { CodeField } from "@/components/account/code-field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";

/** For a session that began without the account's second factor. */
export function ProveTwoFactor({ callbackPath }: { callbackPath: string }) {
  const t = useTranslations("account.twoFactor");
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const prove = useMutation(
    useTRPC().account.twoFactor.prove.mutationOptions({ onSuccess: () => window.location.assign(callbackPath) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate({ code });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <CodeField value={code} onChange={setCode} />
      <FormError error={prove.error && errorText(prove.error)} />
      <SubmitButton size="lg" isPending={prove.isPending || prove.isSuccess} pendingLabel={t("working")}>
        {t("proveSubmit")}
      </SubmitButton>
    </form>
  );
}
