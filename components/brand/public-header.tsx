import Link from "next/link";
import { useTranslations } from "next-intl";
import { LanguageMenu } from "@/components/account/language-menu";
import { ThemeMenu } from "@/components/account/theme-menu";
import { Logo } from "@/components/layout/logo";

export function PublicHeader() {
  const t = useTranslations("app");
  return (
    <header className="mx-auto flex h-16 w-full max-w-5xl items-center justify-between px-4 sm:px-6">
      <Link href="/" aria-label={t("home")} className="rounded-md">
        <Logo />
      </Link>
      <div className="flex items-center gap-1">
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </header>
  );
}
