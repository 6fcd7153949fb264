"use client";

import { KeyRoundIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ProviderMark } from "@/components/auth/provider-mark";
import { useStartProvider } from "@/components/auth/use-start-provider";
import { FormError } from "@/components/forms/form-error";
import { withCallback } from "@/components/lib/callback-path";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { PublicProviderId } from "@/server/auth/schema";

type ProviderButtonsProps = { providers: readonly PublicProviderId[]; callbackPath: string };

/** Ways in that begin elsewhere: at the public providers that are set up here, or at one's organization. */
export function ProviderButtons({ providers, callbackPath }: ProviderButtonsProps) {
  const t = useTranslations("auth");
  const names = useTranslations("account.sessions.method");
  const { leavingFor, hasFailed, start } = useStartProvider(callbackPath);
  return (
    <div className="mt-5 grid gap-2.5">
      <p className="flex items-center gap-3 text-xs text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t("or")}
      </p>
      {providers.map((id) => (
        <Button key={id} variant="outline" size="lg" disabled={leavingFor !== null} onClick={() => void start(id)}>
          {leavingFor === id ? <Spinner /> : <ProviderMark id={id} />}
          {t("provider.with", { provider: names(id) })}
        </Button>
      ))}
      <Button asChild variant="outline" size="lg">
        <Link href={withCallback("/sign-in/sso", callbackPath)}>
          <KeyRoundIcon />
          {t("provider.sso")}
        </Link>
      </Button>
      <FormError error={hasFailed ? { text: t("unreachable"), requestId: null } : null} />
    </div>
  );
}
