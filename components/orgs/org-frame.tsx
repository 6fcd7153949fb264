import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignedInMenu } from "@/components/account/signed-in-menu";
import { Logo } from "@/components/layout/logo";

/** The plain frame of pages that belong to no organization. */
export function OrgFrame({ user, children }: { user: { name: string; email: string }; children: ReactNode }) {
  const t = useTranslations("app");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex h-16 w-full max-w-5xl items-center justify-between px-4 sm:px-6">
        <Link href="/" aria-label={t("home")} className="rounded-md">
          <Logo />
        </Link>
        <SignedInMenu user={user} isCollapsed />
      </header>
      <main className="flex flex-1 items-start justify-center px-4 pt-10 pb-20 sm:pt-[12vh]">
        <div className="w-full max-w-md">{children}</div>
      </main>
    </div>
  );
}
