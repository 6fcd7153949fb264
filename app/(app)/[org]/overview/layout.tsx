import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { getOrg } from "@/server/trpc/org";
import { caller } from "@/server/trpc/rsc";

type LayoutProps = { params: Promise<{ org: string }>; children: ReactNode };

/** Decided here and not in the page: the page streams, and what streams can no longer send anybody elsewhere at once. */
export default async function OverviewLayout({ params, children }: LayoutProps) {
  const { org } = await params;
  // Layouts are drawn side by side: whichever asks first has to know the 404.
  await getOrg(org);
  const [connections, { hasHistory }] = await Promise.all([
    caller.connections.list({ org }),
    caller.connections.options({ org }),
  ]);
  if (connections.length === 0 && !hasHistory) redirect(`/${org}/welcome`);
  return children;
}
