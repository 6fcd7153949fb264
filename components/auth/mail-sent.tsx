"use client";

import { MailCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { type LinkKind, useRequestLink } from "@/components/auth/use-request-link";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";

type MailSentProps = { kind: LinkKind; email: string; callbackPath?: string; onOther: () => void };

/** After a link was asked for: the same words whether or not there is an account. */
export function MailSent({ kind, email, callbackPath, onOther }: MailSentProps) {
  const t = useTranslations("auth.sent");
  const errorText = useErrorText();
  const again = useRequestLink(kind);
  const send = (event: FormEvent) => {
    event.preventDefault();
    again.mutate({ email, ...(callbackPath ? { callbackPath } : {}) });
  };
  return (
    <form method="post" onSubmit={send} className="grid gap-4">
      <div role="status" className="flex gap-3">
        <MailCheckIcon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-success-text" />
        <div className="min-w-0">
          <h2 className="text-sm font-medium">{t("title")}</h2>
          <p className="mt-1 text-13 text-pretty break-words">{t(kind, { email })}</p>
          <p className="mt-2 text-13 text-pretty text-muted-foreground">
            {again.isSuccess ? t("sentAgain") : t("spam")}
          </p>
        </div>
      </div>
      <FormError error={again.error && errorText(again.error)} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton variant="outline" isPending={again.isPending}>
          {t("again")}
        </SubmitButton>
        <Button variant="ghost" onClick={onOther}>
          {t("other")}
        </Button>
      </div>
    </form>
  );
}
