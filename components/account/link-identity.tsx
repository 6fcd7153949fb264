"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { canProve } from "@/components/account/can-prove";
import { useMethodName } from "@/components/account/device-label";
import { ProofField } from "@/components/account/proof-field";
import type { AccountOverview, LinkOffer } from "@/components/account/types";
import { useProof } from "@/components/account/use-proof";
import { startProvider } from "@/components/auth/start-provider";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";

type LinkIdentityProps = { account: AccountOverview; token: string; offer: LinkOffer; callbackPath: string };

/** Asks the account's owner whether what a provider has just proven is to open the account from now on. */
export function LinkIdentity({ account, token, offer, callbackPath }: LinkIdentityProps) {
  const t = useTranslations("account.identities");
  const errorText = useErrorText();
  const method = useMethodName()(offer.method);
  const [isLeaving, setLeaving] = useState(false);
  const link = useMutation(
    useTRPC().account.identities.link.mutationOptions({
      onSuccess: async () => {
        setLeaving(true);
        await goOn(offer.providerId, callbackPath);
      },
    }),
  );
  const { submit, field } = useProof((proof) => link.mutate({ token, proof }));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    link.mutate({ token });
  };
  const isProvable = canProve(account);
  return (
    <>
      <p className="mt-1 text-pretty wrap-anywhere text-muted-foreground">
        {offer.email
          ? t("linkText", { method, email: offer.email, account: account.email })
          : t("linkTextNobody", { method, account: account.email })}
      </p>
      <form
        method="post"
        noValidate
        onSubmit={isProvable ? submit : confirm}
        className="mt-6 grid gap-4 rounded-xl border bg-card p-5 shadow-raised sm:p-6"
      >
        {offer.method.org && <Callout variant="warning">{t("linkTrust", { org: offer.method.org })}</Callout>}
        <input type="email" value={account.email} autoComplete="username" readOnly hidden />
        {isProvable && <ProofField {...field} />}
        <FormError error={link.error && errorText(link.error)} />
        <SubmitButton size="lg" isPending={link.isPending || isLeaving} pendingLabel={t("linking")}>
          {t("linkSubmit")}
        </SubmitButton>
        <Button asChild variant="ghost">
          <Link href="/account/security">{t("cancel")}</Link>
        </Button>
      </form>
    </>
  );
}

/**
 * Back to the account, or once more through the provider to where somebody wanted to go: only a session that began there
 * opens an organization that demands it.
 */
async function goOn(providerId: string | null, callbackPath: string): Promise<void> {
  if (providerId === null || callbackPath.startsWith("/account")) window.location.assign(callbackPath);
  else await startProvider(providerId, callbackPath).catch(() => window.location.assign(callbackPath));
}
