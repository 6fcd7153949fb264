"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { CodeField } from "@/components/account/code-field";
import { QrCode } from "@/components/account/qr-code";
import { RecoveryCodes } from "@/components/account/recovery-codes";
import type { TwoFactorSetUp } from "@/components/account/types";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { ErrorState } from "@/components/layout/error-state";
import { withCallback } from "@/components/lib/callback-path";
import { useSignOut } from "@/components/lib/use-sign-out";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";

type TwoFactorSetUpProps = { email: string; callbackPath: string };

/** Scan, confirm with a code, keep the recovery codes; then back to where it was demanded. */
export function TwoFactorSetUpSteps({ email, callbackPath }: TwoFactorSetUpProps) {
  const trpc = useTRPC();
  const errorText = useErrorText();
  const begin = useMutation(trpc.account.twoFactor.begin.mutationOptions());
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { mutate: prepare } = begin;
  useEffect(() => prepare(), [prepare]);

  // A full load: what was refused for want of a second factor is forgotten.
  if (codes) return <KeepCodes codes={codes} email={email} onDone={() => window.location.assign(callbackPath)} />;
  if (isStale(begin.error)) return <SignInAgain />;
  if (begin.error) {
    const { text, requestId } = errorText(begin.error);
    return <ErrorState description={text} requestId={requestId ?? undefined} onRetry={() => prepare()} />;
  }
  if (!begin.data) return <Preparing />;
  return <Confirm setUp={begin.data} onConfirmed={setCodes} />;
}

const isStale = (error: unknown) =>
  (error as { data?: { reason?: string } | null } | null)?.data?.reason === "sign_in_again";

/** The session is too old for this. Signing in again leads back here. */
function SignInAgain() {
  const t = useTranslations("account.twoFactor");
  const signOut = useSignOut();
  const again = () => {
    const here = window.location.pathname + window.location.search;
    signOut(withCallback("/sign-in", here));
  };
  return (
    <div className="grid gap-4">
      <p className="text-13 text-pretty">{t("againText")}</p>
      <Button size="lg" onClick={again}>
        {t("again")}
      </Button>
    </div>
  );
}

function Preparing() {
  const t = useTranslations("account.twoFactor");
  return (
    <div role="status" aria-label={t("preparing")} className="grid gap-4">
      <Skeleton className="h-5 w-64 max-w-full" />
      <Skeleton className="size-48" />
      <Skeleton className="h-8 w-full" />
    </div>
  );
}

type ConfirmProps = { setUp: TwoFactorSetUp; onConfirmed: (recoveryCodes: readonly string[]) => void };

function Confirm({ setUp, onConfirmed }: ConfirmProps) {
  const t = useTranslations("account.twoFactor");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const confirm = useMutation(
    trpc.account.twoFactor.confirm.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onConfirmed(recoveryCodes);
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ code });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-6">
      <section className="grid gap-3">
        <div>
          <h2 className="text-sm font-medium">{t("step1")}</h2>
          <p className="text-13 text-pretty text-muted-foreground">{t("step1Text")}</p>
        </div>
        <QrCode qr={setUp.qr} label={t("qr")} />
        <div className="text-13">
          <p className="text-muted-foreground">{t("secret")}</p>
          <p className="flex items-center gap-1">
            <code className="font-mono break-words">{setUp.secret}</code>
            <CopyButton value={setUp.secret.replaceAll(" ", "")} label={t("copySecret")} />
          </p>
        </div>
      </section>
      <section className="grid gap-3">
        <h2 className="text-sm font-medium">{t("step2")}</h2>
        <CodeField value={code} onChange={setCode} />
        <FormError error={confirm.error && errorText(confirm.error)} />
        <SubmitButton size="lg" isPending={confirm.isPending} pendingLabel={t("confirming")}>
          {t("confirm")}
        </SubmitButton>
      </section>
    </form>
  );
}

function KeepCodes(props: { codes: readonly string[]; email: string; onDone: () => void }) {
  const t = useTranslations("account.twoFactor");
  return (
    <div className="grid gap-4">
      <div role="status">
        <h2 className="text-sm font-medium">{t("codesTitle")}</h2>
        <p className="text-13 text-pretty text-muted-foreground">{t("codesLead")}</p>
      </div>
      <RecoveryCodes {...props} />
    </div>
  );
}
