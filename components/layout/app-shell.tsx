"use client";

import { MenuIcon, SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { LogoMark } from "@/components/layout/logo";
import type { NavGroup } from "@/components/layout/nav";
import { SideBar } from "@/components/layout/side-bar";
import { sideBarCookie } from "@/components/layout/side-bar-cookie";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";

const YEAR_SECONDS = 31_536_000;

type AppShellProps = {
  nav: readonly NavGroup[];
  switcher: (isCollapsed: boolean) => ReactNode;
  userMenu: (isCollapsed: boolean) => ReactNode;
  /** How the figures are doing: a line in the side bar, a mark in the phone's top bar. */
  status?: (isCollapsed: boolean) => ReactNode;
  /** From the cookie: "collapsed". */
  isInitiallyCollapsed?: boolean;
  onSearch?: () => void;
  /** What stands in the middle of the phone's top bar; the product's mark when left out. */
  phoneTitle?: ReactNode;
  /** Above every page: a trial, a broken connection. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The frame round every page of an organization. */
export function AppShell(props: AppShellProps) {
  const { nav, switcher, userMenu, status, onSearch, banner, children } = props;
  const t = useTranslations("layout");
  const [isCollapsed, setIsCollapsed] = useState(props.isInitiallyCollapsed ?? false);
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const changeCollapsed = (next: boolean) => {
    setIsCollapsed(next);
    document.cookie = `${sideBarCookie}=${next ? "collapsed" : "open"};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
  };
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-primary px-3 py-2 text-13 font-medium text-primary-foreground focus-visible:translate-y-0"
      >
        {t("skip")}
      </a>
      <aside
        className={cn(
          "sticky top-0 hidden h-dvh shrink-0 border-r transition-[width] duration-150 md:block",
          isCollapsed ? "w-14" : "w-60",
        )}
      >
        <SideBar
          nav={nav}
          switcher={switcher}
          userMenu={userMenu}
          status={status}
          onSearch={onSearch}
          isCollapsed={isCollapsed}
          onCollapsedChange={changeCollapsed}
        />
      </aside>
      <Sheet open={isDrawerOpen} onOpenChange={setIsDrawerOpen}>
        <SheetContent side="left" aria-describedby={undefined} className="gap-0 p-0">
          <SheetTitle className="sr-only">{t("navigation")}</SheetTitle>
          <SideBar
            nav={nav}
            switcher={switcher}
            userMenu={userMenu}
            isCollapsed={false}
            isDrawer
            onNavigate={() => setIsDrawerOpen(false)}
          />
        </SheetContent>
      </Sheet>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-40 flex h-13 shrink-0 items-center gap-2 border-b bg-background/95 px-2.5 backdrop-blur-sm md:hidden">
          <Button variant="ghost" size="icon" aria-label={t("openMenu")} onClick={() => setIsDrawerOpen(true)}>
            <MenuIcon />
          </Button>
          <div className="min-w-0 flex-1">{props.phoneTitle ?? <LogoMark />}</div>
          {status?.(true)}
          {onSearch && (
            <Button variant="ghost" size="icon" aria-label={t("search")} onClick={onSearch}>
              <SearchIcon />
            </Button>
          )}
        </header>
        {banner}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <div className="mx-auto flex w-full max-w-[90rem] flex-col gap-5 px-4 py-5 md:px-8 md:py-6">{children}</div>
        </main>
      </div>
    </div>
  );
}
