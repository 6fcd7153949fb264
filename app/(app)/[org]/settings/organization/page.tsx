import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrgSettings } from "@/components/orgs/org-settings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orgs");
  return { title: t("settingsTitle") };
}

export default function OrgSettingsPage() {
  return <OrgSettings />;
}
