"use client";

import { ArrowLeftIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignedInMenu } from "@/components/account/signed-in-menu";
import { Logo } from "@/components/layout/logo";
import { cn } from "@/components/lib/cn";

type AccountFrameProps = {
  user: { name: string; email: string };
  isOperator: boolean;
  /** For lists with a reading pane. */
  isWide?: boolean;
  children: ReactNode;
};

const pages = [
  { href: "/account", name: "profile" },
  { href: "/account/security", name: "security" },
  { href: "/account/sessions", name: "sessions" },
  { href: "/account/activity", name: "activity" },
  { href: "/outbox", name: "outbox" },
] as const;

/** The frame of a person's own pages, which belong to no organization. */
export function AccountFrame({ user, isOperator, isWide, children }: AccountFrameProps) {
  const t = useTranslations("account");
  const app = useTranslations("app");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex h-16 w-full max-w-5xl items-center justify-between px-4 sm:px-6">
        <Link href="/" aria-label={app("home")} className="rounded-md">
          <Logo />
        </Link>
        <SignedInMenu user={user} isCollapsed />
      </header>
      <main className={cn("mx-auto w-full flex-1 px-4 pt-4 pb-20 sm:px-6 sm:pt-8", isWide ? "max-w-5xl" : "max-w-3xl")}>
        <Link
          href="/orgs"
          className="inline-flex items-center gap-1.5 rounded-sm text-13 text-muted-foreground hover:text-foreground"
        >
          <ArrowLeftIcon aria-hidden="true" className="size-3.5" />
          {t("back")}
        </Link>
        <Tabs isOperator={isOperator} />
        <div className="mt-6 flex flex-col gap-6">{children}</div>
      </main>
    </div>
  );
}

function Tabs({ isOperator }: { isOperator: boolean }) {
  const t = useTranslations("account.tabs");
  const path = usePathname();
  const shown = pages.filter(({ name }) => name !== "outbox" || isOperator);
  const isCurrent = (href: string) => (href === "/account" ? path === href : path.startsWith(href));
  return (
    <nav aria-label={t("label")} className="mt-3 flex gap-5 overflow-x-auto border-b [scrollbar-width:none]">
      {shown.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent(href) ? "page" : undefined}
          className="relative inline-flex h-9 shrink-0 items-center text-13 font-medium text-muted-foreground transition-colors duration-100 after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-full hover:text-foreground focus-visible:-outline-offset-2 aria-[current=page]:text-foreground aria-[current=page]:after:bg-primary"
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
