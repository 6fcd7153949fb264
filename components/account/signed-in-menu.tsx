"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useSetLocale } from "@/components/account/use-set-locale";
import { UserMenu } from "@/components/layout/user-menu";
import { isLocale, locales } from "@/i18n/locales";

type SignedInMenuProps = { user: { name: string; email: string }; isCollapsed?: boolean };

/** The person's menu: theme, language, sign out. */
export function SignedInMenu({ user, isCollapsed }: SignedInMenuProps) {
  const t = useTranslations("language");
  const { setLocale } = useSetLocale();
  return (
    <UserMenu
      user={user}
      isCollapsed={isCollapsed}
      languages={locales.map((locale) => ({ locale, name: t(locale) }))}
      onLanguageChange={(next) => isLocale(next) && setLocale(next)}
      onSignOut={() => void signOut({ redirectTo: "/sign-in" })}
    />
  );
}
