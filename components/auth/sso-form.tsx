"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useStartProvider } from "@/components/auth/use-start-provider";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { type ErrorText, useErrorText } from "@/components/lib/use-error-text";
import { Input } from "@/components/ui/input";
import { FindSsoInput } from "@/server/auth/schema";

type SsoFormProps = { callbackPath: string; suggested: string };

/** Leads to the identity provider that an address, or an organization's name, belongs to. */
export function SsoForm({ callbackPath, suggested }: SsoFormProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { hasFailed, leavingFor, start } = useStartProvider(callbackPath);
  const [hint, setHint] = useState(suggested);
  const [isInvalid, setInvalid] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const [refusal, setRefusal] = useState<ErrorText | null>(null);
  const unreachable = hasFailed ? { text: t("unreachable"), requestId: null } : null;

  const find = async (typed: string) => {
    const offer = await queryClient.fetchQuery(trpc.auth.findSso.queryOptions({ hint: typed }, { retry: false }));
    if (offer) await start(offer.providerId);
    else setRefusal({ text: t("provider.none"), requestId: null });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = FindSsoInput.safeParse({ hint });
    setInvalid(!input.success);
    setRefusal(null);
    if (!input.success) return;
    setSearching(true);
    await find(input.data.hint).catch((error: unknown) => setRefusal(errorText(error)));
    setSearching(false);
  };

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Field
        label={t("provider.hint")}
        hint={t("provider.hintText")}
        error={isInvalid ? t("provider.hintInvalid") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            value={hint}
            onChange={(event) => setHint(event.target.value)}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={254}
            autoFocus
            className="h-9"
          />
        )}
      </Field>
      <FormError error={refusal ?? unreachable} />
      <SubmitButton size="lg" isPending={isSearching || leavingFor !== null} pendingLabel={t("provider.starting")}>
        {t("provider.continue")}
      </SubmitButton>
    </form>
  );
}
