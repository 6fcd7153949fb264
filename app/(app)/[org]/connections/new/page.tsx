import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getOrg } from "@/server/trpc/org";
import { NewConnectionClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("newTitle") };
}

export default async function NewConnectionPage({ params }: { params: Promise<{ org: string }> }) {
  const { permissions } = await getOrg((await params).org);
  if (!permissions.includes("connections:write")) notFound();
  return <NewConnectionClient />;
}
