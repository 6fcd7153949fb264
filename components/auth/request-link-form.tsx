"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { EmailField } from "@/components/auth/email-field";
import { MailSent } from "@/components/auth/mail-sent";
import { useRequestLink } from "@/components/auth/use-request-link";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { RequestLinkInput } from "@/server/auth/schema";

/** Asks for an address and mails a link there. */
export function RequestLinkForm({ kind, callbackPath }: { kind: "signIn" | "reset"; callbackPath: string }) {
  const t = useTranslations("auth.link");
  const errorText = useErrorText();
  const request = useRequestLink(kind);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(RequestLinkInput),
    defaultValues: { email: "", callbackPath },
  });

  const submit = handleSubmit(async (input) => {
    if (await request.mutateAsync(input).catch(() => null)) setSentTo(input.email);
  });

  if (sentTo) {
    return <MailSent kind={kind} email={sentTo} callbackPath={callbackPath} onOther={() => setSentTo(null)} />;
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <EmailField {...register("email")} hasError={Boolean(formState.errors.email)} autoFocus />
      <FormError error={request.error && errorText(request.error)} />
      <SubmitButton size="lg" isPending={request.isPending} pendingLabel={t("sending")}>
        {t("send")}
      </SubmitButton>
    </form>
  );
}
