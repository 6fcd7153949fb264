"use client";

import { LanguagesIcon, LogOutIcon, MonitorIcon, MoonIcon, SunIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

type UserMenuProps = {
  user: { name: string; email: string; image?: string | null };
  /** Each language under its own name. */
  languages: readonly { locale: string; name: string }[];
  onLanguageChange: (locale: string) => void;
  onSignOut: () => void;
  /** Entries of the person's own: profile, sessions. */
  children?: ReactNode;
  isCollapsed?: boolean;
};

export function UserMenu({ user, languages, onLanguageChange, onSignOut, children, isCollapsed }: UserMenuProps) {
  const t = useTranslations("layout");
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={cn(
          "flex h-9 w-full min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left text-13 transition-colors duration-100 hover:bg-foreground/5 data-[state=open]:bg-foreground/5",
          isCollapsed && "size-9 justify-center px-0",
        )}
      >
        <Avatar name={user.name} src={user.image} />
        <span className="sr-only">{t("account")}</span>
        {!isCollapsed && <span className="name-text font-medium text-foreground">{user.name}</span>}
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-60">
        <div className="px-2 py-1.5 text-13">
          <p className="name-text font-medium">{user.name}</p>
          <p className="name-text text-xs text-muted-foreground">{user.email}</p>
        </div>
        <DropdownMenuSeparator />
        {children}
        <DropdownMenuSub>
          <DropdownMenuSubTrigger>
            <SunIcon className="dark:hidden" />
            <MoonIcon className="hidden dark:block" />
            {t("theme")}
          </DropdownMenuSubTrigger>
          <DropdownMenuSubContent>
            <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
              <DropdownMenuRadioItem value="light">
                <SunIcon />
                {t("themeLight")}
              </DropdownMenuRadioItem>
              <DropdownMenuRadioItem value="dark">
                <MoonIcon />
                {t("themeDark")}
              </DropdownMenuRadioItem>
              <DropdownMenuRadioItem value="system">
                <MonitorIcon />
                {t("themeSystem")}
              </DropdownMenuRadioItem>
            </DropdownMenuRadioGroup>
          </DropdownMenuSubContent>
        </DropdownMenuSub>
        <DropdownMenuSub>
          <DropdownMenuSubTrigger>
            <LanguagesIcon />
            {t("language")}
          </DropdownMenuSubTrigger>
          <DropdownMenuSubContent>
            <DropdownMenuRadioGroup value={locale} onValueChange={onLanguageChange}>
              {languages.map((language) => (
                <DropdownMenuRadioItem key={language.locale} value={language.locale} lang={language.locale}>
                  {language.name}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuSubContent>
        </DropdownMenuSub>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={onSignOut}>
          <LogOutIcon />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
