"use client";

import { CircleUserIcon } from "lucide-react";
import { signOut } from "next-auth/react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSetLocale } from "@/components/account/use-set-locale";
import { UserMenu } from "@/components/layout/user-menu";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { isLocale, locales } from "@/i18n/locales";

type SignedInMenuProps = { user: { name: string; email: string }; isCollapsed?: boolean };

/** The person's menu: account, theme, language, sign out. */
export function SignedInMenu({ user, isCollapsed }: SignedInMenuProps) {
  const t = useTranslations("language");
  const layout = useTranslations("layout");
  const { setLocale } = useSetLocale();
  return (
    <UserMenu
      user={user}
      isCollapsed={isCollapsed}
      languages={locales.map((locale) => ({ locale, name: t(locale) }))}
      onLanguageChange={(next) => isLocale(next) && setLocale(next)}
      onSignOut={() => void signOut({ redirectTo: "/sign-in" })}
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
