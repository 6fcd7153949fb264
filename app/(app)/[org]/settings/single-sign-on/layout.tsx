import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { getOrg } from "@/server/trpc/org";

type LayoutProps = { params: Promise<{ org: string }>; children: ReactNode };

/** Above the page's loading state, so that who may not see it gets a 404 and not a skeleton first. */
export default async function SingleSignOnLayout({ params, children }: LayoutProps) {
  const { permissions } = await getOrg((await params).org);
  if (!permissions.includes("security:read")) notFound();
  return children;
}
