"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSetLocale } from "@/components/account/use-set-locale";
import { CommandPalette, type PaletteItem } from "@/components/layout/command-palette";
import type { NavGroup } from "@/components/layout/nav";
import { useTRPC } from "@/components/lib/trpc";
import { useSignOut } from "@/components/lib/use-sign-out";
import { useOrg } from "@/components/orgs/org-context";
import { locales } from "@/i18n/locales";

type OrgPaletteProps = { nav: readonly NavGroup[]; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Ctrl or Cmd and K: pages, organizations, and what one does everywhere. */
export function OrgPalette({ nav, isOpen, onOpenChange }: OrgPaletteProps) {
  const t = useTranslations("palette");
  const pages = nav.flatMap(({ items, label }) =>
    items.map(
      (item): PaletteItem => ({
        id: item.href,
        label: item.label,
        hint: label,
        icon: item.icon,
        // Whatever the language, by what the address calls it within the organization.
        keywords: item.href.split("/").slice(2),
        href: item.href,
      }),
    ),
  );
  const groups = [
    { heading: t("pages"), items: pages },
    { heading: t("orgs"), items: useOrgItems() },
    { heading: t("actions"), items: useActionItems() },
  ];
  return <CommandPalette groups={groups} open={isOpen} onOpenChange={onOpenChange} />;
}

function useOrgItems(): PaletteItem[] {
  const t = useTranslations("palette");
  const words = useTranslations("orgs");
  const current = useOrg().slug;
  const orgs = useQuery(useTRPC().orgs.list.queryOptions());
  return [
    ...(orgs.data ?? []).map(({ slug, name }) => ({
      id: `org:${slug}`,
      label: name,
      hint: slug === current ? t("current") : undefined,
      keywords: [slug],
      href: `/${slug}/overview`,
    })),
    { id: "org:new", label: words("createNew"), href: "/orgs/new" },
  ];
}

const themeItems = [
  { theme: "light", label: "themeLight" },
  { theme: "dark", label: "themeDark" },
  { theme: "system", label: "themeSystem" },
] as const;

function useActionItems(): PaletteItem[] {
  const t = useTranslations("palette");
  const languages = useTranslations("language");
  const layout = useTranslations("layout");
  const { theme: currentTheme, setTheme } = useTheme();
  const currentLocale = useLocale();
  const { setLocale } = useSetLocale();
  const signOut = useSignOut();
  return [
    ...themeItems
      .filter(({ theme }) => theme !== currentTheme)
      .map(({ theme, label }) => ({
        id: `theme:${theme}`,
        label: t(label),
        keywords: [theme],
        onSelect: () => setTheme(theme),
      })),
    ...locales
      .filter((locale) => locale !== currentLocale)
      .map((locale) => ({
        id: `language:${locale}`,
        label: languages(locale),
        hint: languages("label"),
        keywords: ["language", "언어"],
        onSelect: () => setLocale(locale),
      })),
    { id: "sign-out", label: layout("signOut"), keywords: ["sign out"], onSelect: () => signOut() },
  ];
}
