"use client";

import { CircleUserIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSetLocale } from "@/components/account/use-set-locale";
import { useSignOut } from "@/components/lib/use-sign-out";
import { UserMenu } from "@/components/layout/user-menu";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { isLocale, locales } from "@/i18n/locales";

type SignedInMenuProps = { user: { name: string; email: string }; isCollapsed?: boolean };

/** The person's menu: account, theme, language, sign out. */
export function SignedInMenu({ user, isCollapsed }: SignedInMenuProps) {
  const t = useTranslations("language");
  const layout = useTranslations("layout");
  const { setLocale } = useSetLocale();
  const signOut = useSignOut();
  return (
    <UserMenu
      user={user}
      isCollapsed={isCollapsed}
      languages={locales.map((locale) => ({ locale, name: t(locale) }))}
      onLanguageChange={(next) => isLocale(next) && setLocale(next)}
      onSignOut={() => signOut()}
    >
      <DropdownMenuItem asChild>
        <Link href="/account">
          <CircleUserIcon />
          {layout("yourAccount")}
        </Link>
      </DropdownMenuItem>
    </UserMenu>
  );
}
