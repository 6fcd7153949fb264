"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { IdentitiesSection } from "@/components/account/identities-section";
import { PasswordSection } from "@/components/account/password-section";
import { TwoFactorSection } from "@/components/account/two-factor-section";
import { useTRPC } from "@/components/lib/trpc";

export function SecurityClient() {
  const t = useTranslations("account.tabs");
  const { data: account } = useSuspenseQuery(useTRPC().account.get.queryOptions());
  return (
    <>
      <h1 className="sr-only">{t("security")}</h1>
      <PasswordSection account={account} />
      <TwoFactorSection account={account} />
      <IdentitiesSection account={account} />
    </>
  );
}
