"use client";

import { LaptopIcon, MonitorSmartphoneIcon, SmartphoneIcon, TabletIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SessionEntry } from "@/components/account/types";

const icons = {
  desktop: LaptopIcon,
  mobile: SmartphoneIcon,
  tablet: TabletIcon,
  other: MonitorSmartphoneIcon,
} as const;

export function DeviceIcon({ kind }: { kind: SessionEntry["device"]["kind"] }) {
  const Icon = icons[kind];
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />;
}

/** "Firefox on Linux", or what is known of it. */
export function useDeviceName() {
  const t = useTranslations("account.sessions");
  return ({ browser, system }: SessionEntry["device"]) =>
    browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
}

/** How somebody signed in, in words. */
export function useMethodName() {
  const t = useTranslations("account.sessions.method");
  return ({ kind, org }: SessionEntry["method"]) => (kind === "oidc" && org ? t("oidcOf", { org }) : t(kind));
}
