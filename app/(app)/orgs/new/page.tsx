import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CreateOrgPanel } from "@/components/orgs/create-org-panel";
import { requireUser } from "@/server/trpc/require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orgs");
  return { title: t("createTitle") };
}

export default async function NewOrgPage() {
  return <CreateOrgPanel user={await requireUser()} backHref="/orgs" />;
}
