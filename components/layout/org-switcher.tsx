"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

export type SwitcherOrg = { id: string; name: string; href: string; hint?: string };

type OrgSwitcherProps = {
  current: SwitcherOrg;
  orgs: readonly SwitcherOrg[];
  isCollapsed?: boolean;
  /** Below the list: "New organization". */
  children?: ReactNode;
};

export function OrgSwitcher({ current, orgs, isCollapsed, children }: OrgSwitcherProps) {
  const t = useTranslations("layout");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={cn(
          "flex h-9 w-full min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left text-13 transition-colors duration-100 hover:bg-foreground/5 data-[state=open]:bg-foreground/5",
          isCollapsed && "size-9 justify-center px-0",
        )}
      >
        <Avatar name={current.name} shape="square" className="bg-primary text-primary-foreground" />
        <span className="sr-only">{t("organization")}</span>
        {isCollapsed && <span className="sr-only">{current.name}</span>}
        {!isCollapsed && (
          <>
            <span className="name-text flex-1 font-semibold text-foreground">{current.name}</span>
            <ChevronsUpDownIcon aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        {orgs.map((org) => (
          <DropdownMenuItem key={org.id} asChild>
            <Link href={org.href}>
              <Avatar name={org.name} shape="square" />
              <span className="name-text flex-1">{org.name}</span>
              {org.hint && <span className="text-xs text-muted-foreground">{org.hint}</span>}
              {org.id === current.id && <CheckIcon className="size-3.5" />}
            </Link>
          </DropdownMenuItem>
        ))}
        {children && <DropdownMenuSeparator />}
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
