import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CreateOrgPanel } from "@/components/orgs/create-org-panel";
import { requireUser } from "@/server/trpc/require-user";
import { caller } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orgs");
  return { title: t("createTitle") };
}

/** The first step of somebody who belongs to no organization yet. */
export default async function WelcomePage() {
  const user = await requireUser();
  if ((await caller.orgs.list()).length > 0) redirect("/");
  return <CreateOrgPanel user={user} />;
}
