import type { NavGroup, NavIcon } from "@/components/layout/nav";
import type { OrgPermission } from "@/components/orgs/types";

type PageName =
  | "overview"
  | "explore"
  | "anomalies"
  | "projects"
  | "people"
  | "keys"
  | "models"
  | "imports"
  | "exports"
  | "reconciliation"
  | "chargeback"
  | "allocation"
  | "connections"
  | "team"
  | "singleSignOn"
  | "tokens"
  | "audit"
  | "organization";

type Page = { path: string; name: PageName; icon: NavIcon; permission: OrgPermission };

type Section = { id: string; heading: "settings" | null; pages: readonly Page[] };

/** Every page of an organization that there is, in the order of the side bar. */
const sections: readonly Section[] = [
  {
    id: "usage",
    heading: null,
    pages: [
      { path: "overview", name: "overview", icon: "overview", permission: "usage:read" },
      { path: "explore", name: "explore", icon: "explore", permission: "usage:read" },
      { path: "anomalies", name: "anomalies", icon: "anomalies", permission: "usage:read" },
      { path: "projects", name: "projects", icon: "projects", permission: "usage:read" },
      { path: "people", name: "people", icon: "people", permission: "usage:read" },
      { path: "keys", name: "keys", icon: "keys", permission: "usage:read" },
      { path: "models", name: "models", icon: "models", permission: "usage:read" },
      { path: "chargeback", name: "chargeback", icon: "chargeback", permission: "usage:read" },
      { path: "imports", name: "imports", icon: "imports", permission: "usage:read" },
      { path: "exports", name: "exports", icon: "exports", permission: "usage:read" },
      { path: "reconciliation", name: "reconciliation", icon: "reconciliation", permission: "usage:read" },
    ],
  },
  {
    id: "settings",
    heading: "settings",
    pages: [
      { path: "connections", name: "connections", icon: "connections", permission: "connections:read" },
      { path: "settings/allocation", name: "allocation", icon: "allocation", permission: "usage:read" },
      { path: "settings/team", name: "team", icon: "team", permission: "members:read" },
      { path: "settings/single-sign-on", name: "singleSignOn", icon: "singleSignOn", permission: "security:read" },
      { path: "settings/api-tokens", name: "tokens", icon: "tokens", permission: "tokens:read" },
      { path: "settings/audit-log", name: "audit", icon: "audit", permission: "audit:read" },
      { path: "settings/organization", name: "organization", icon: "settings", permission: "org:read" },
    ],
  },
];

type Words = { page: (name: PageName) => string; heading: (name: "settings") => string };

/** The side bar for somebody with these permissions: what they may not see is not there. */
export function orgNav(slug: string, permissions: readonly OrgPermission[], words: Words): NavGroup[] {
  return sections.flatMap((section) => {
    const items = section.pages
      .filter(({ permission }) => permissions.includes(permission))
      .map(({ path, name, icon }) => ({ href: `/${slug}/${path}`, label: words.page(name), icon }));
    if (items.length === 0) return [];
    return { id: section.id, label: section.heading ? words.heading(section.heading) : undefined, items };
  });
}
