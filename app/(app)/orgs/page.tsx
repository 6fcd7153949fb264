import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OrgChooser } from "@/components/orgs/org-chooser";
import { requireUser } from "@/server/trpc/require-user";
import { caller } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orgs");
  return { title: t("chooseTitle") };
}

export default async function OrgsPage() {
  const user = await requireUser();
  const orgs = await caller.orgs.list();
  if (orgs.length === 0) redirect("/welcome");
  return <OrgChooser user={user} orgs={orgs} />;
}
