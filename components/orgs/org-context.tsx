"use client";

import { NextIntlClientProvider, useLocale } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import type { OrgDetail, OrgPermission } from "@/components/orgs/types";

const Context = createContext<OrgDetail | null>(null);

/** The organization of the URL and what its member may do; times below are in its zone. */
export function OrgProvider({ org, children }: { org: OrgDetail; children: ReactNode }) {
  return (
    <Context value={org}>
      <NextIntlClientProvider locale={useLocale()} timeZone={org.timezone}>
        {children}
      </NextIntlClientProvider>
    </Context>
  );
}

export function useOrg(): OrgDetail {
  const org = useContext(Context);
  if (!org) throw new Error("useOrg needs an OrgProvider above it");
  return org;
}

/** For leaving out what a role may not do; the server decides again. */
export const useCan = (permission: OrgPermission): boolean => useOrg().permissions.includes(permission);
