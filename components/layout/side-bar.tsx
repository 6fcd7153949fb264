"use client";

import { PanelLeftIcon, SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NavList } from "@/components/layout/nav-list";
import type { NavGroup } from "@/components/layout/nav";
import { cn } from "@/components/lib/cn";
import { useIsMac } from "@/components/lib/use-is-mac";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";

type SideBarProps = {
  nav: readonly NavGroup[];
  /** Gets to know whether there is room for words. */
  switcher: (isCollapsed: boolean) => ReactNode;
  userMenu: (isCollapsed: boolean) => ReactNode;
  /** One quiet line above the person's menu: how the figures are doing. */
  status?: (isCollapsed: boolean) => ReactNode;
  isCollapsed: boolean;
  onCollapsedChange?: (isCollapsed: boolean) => void;
  onSearch?: () => void;
  onNavigate?: () => void;
  /** In the phone's drawer: leaves room for the drawer's close button. */
  isDrawer?: boolean;
};

export function SideBar({
  nav,
  switcher,
  userMenu,
  status,
  isCollapsed,
  onCollapsedChange,
  onSearch,
  onNavigate,
  isDrawer = false,
}: SideBarProps) {
  const t = useTranslations("layout");
  const label = isCollapsed ? t("expand") : t("collapse");
  return (
    <div className="flex h-full min-h-0 flex-col gap-2 bg-sidebar text-sidebar-foreground">
      <div
        className={cn(
          "flex h-13 shrink-0 items-center px-2.5",
          isCollapsed && "justify-center px-2",
          isDrawer && "pr-12",
        )}
      >
        {switcher(isCollapsed)}
      </div>
      {onSearch && (
        <div className={cn("px-2.5", isCollapsed && "flex justify-center px-2")}>
          <SearchButton isCollapsed={isCollapsed} onClick={onSearch} />
        </div>
      )}
      <nav aria-label={t("navigation")} className="min-h-0 flex-1 overflow-y-auto px-2.5 py-1 scrollbar-thin">
        <NavList groups={nav} isCollapsed={isCollapsed} onNavigate={onNavigate} />
      </nav>
      {status && <div className={cn("px-2", isCollapsed && "flex justify-center")}>{status(isCollapsed)}</div>}
      <div className={cn("flex items-center gap-1 border-t p-2", isCollapsed && "flex-col-reverse")}>
        <div className={cn("min-w-0", !isCollapsed && "flex-1")}>{userMenu(isCollapsed)}</div>
        {onCollapsedChange && (
          <Tooltip content={label} side="right">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={label}
              aria-expanded={!isCollapsed}
              onClick={() => onCollapsedChange(!isCollapsed)}
            >
              <PanelLeftIcon />
            </Button>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

function SearchButton({ isCollapsed, onClick }: { isCollapsed: boolean; onClick: () => void }) {
  const t = useTranslations("layout");
  const shortcut = useIsMac() ? "⌘K" : "Ctrl K";
  if (isCollapsed) {
    return (
      <Tooltip content={t("search")} side="right">
        <Button variant="ghost" size="icon" aria-label={t("search")} onClick={onClick}>
          <SearchIcon />
        </Button>
      </Tooltip>
    );
  }
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-8 w-full items-center gap-2 rounded-md border bg-card px-2.5 text-13 text-muted-foreground shadow-raised transition-colors duration-100 hover:border-border-strong"
    >
      <SearchIcon aria-hidden="true" className="size-4" />
      {t("search")}
      <Kbd className="ml-auto">{shortcut}</Kbd>
    </button>
  );
}
