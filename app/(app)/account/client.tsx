"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ProfileForm } from "@/components/account/profile-form";
import { useTRPC } from "@/components/lib/trpc";

export function ProfileClient() {
  const t = useTranslations("account");
  const { data: account } = useSuspenseQuery(useTRPC().account.get.queryOptions());
  return (
    <>
      <h1 className="sr-only">{t("title")}</h1>
      <ProfileForm account={account} />
    </>
  );
}
