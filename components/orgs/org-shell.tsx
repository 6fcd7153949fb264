"use client";

import { useQuery } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { SignedInMenu } from "@/components/account/signed-in-menu";
import { ConnectionBanner } from "@/components/connections/connection-banner";
import { AppShell } from "@/components/layout/app-shell";
import { OrgSwitcher } from "@/components/layout/org-switcher";
import { useTRPC } from "@/components/lib/trpc";
import { DeletionBanner } from "@/components/orgs/deletion-banner";
import { useOrg } from "@/components/orgs/org-context";
import { orgNav } from "@/components/orgs/org-nav";
import { OrgPalette } from "@/components/orgs/org-palette";
import { SyncIndicator } from "@/components/sync/sync-indicator";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";

type OrgShellProps = {
  user: { name: string; email: string };
  isInitiallyCollapsed: boolean;
  children: ReactNode;
};

/** Side bar, banner and command palette of an organization. */
export function OrgShell({ user, isInitiallyCollapsed, children }: OrgShellProps) {
  const t = useTranslations("nav");
  const org = useOrg();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const nav = orgNav(org.slug, org.permissions, { page: t, heading: t });
  return (
    <AppShell
      nav={nav}
      switcher={(isCollapsed) => <Switcher isCollapsed={isCollapsed} />}
      userMenu={(isCollapsed) => <SignedInMenu user={user} isCollapsed={isCollapsed} />}
      status={(isCollapsed) => <SyncIndicator isCollapsed={isCollapsed} />}
      isInitiallyCollapsed={isInitiallyCollapsed}
      onSearch={() => setPaletteOpen(true)}
      phoneTitle={<p className="name-text text-sm font-semibold">{org.name}</p>}
      banner={
        <>
          <DeletionBanner />
          <ConnectionBanner />
        </>
      }
    >
      {children}
      <OrgPalette nav={nav} isOpen={isPaletteOpen} onOpenChange={setPaletteOpen} />
    </AppShell>
  );
}

function Switcher({ isCollapsed }: { isCollapsed: boolean }) {
  const t = useTranslations("orgs");
  const org = useOrg();
  const orgs = useQuery(useTRPC().orgs.list.queryOptions());
  const entries = (orgs.data ?? [org]).map(({ slug, name, role }) => ({
    id: slug,
    name,
    href: `/${slug}/overview`,
    hint: t(`role.${role}`),
  }));
  const current = { id: org.slug, name: org.name, href: `/${org.slug}/overview` };
  return (
    <OrgSwitcher current={current} orgs={entries} isCollapsed={isCollapsed}>
      <DropdownMenuItem asChild>
        <Link href="/orgs/new">
          <PlusIcon />
          {t("createNew")}
        </Link>
      </DropdownMenuItem>
    </OrgSwitcher>
  );
}
