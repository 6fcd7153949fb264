import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { sideBarCookie } from "@/components/layout/side-bar-cookie";
import { OrgProvider } from "@/components/orgs/org-context";
import { OrgShell } from "@/components/orgs/org-shell";
import { SyncProgressProvider } from "@/components/sync/progress-context";
import { getFrame } from "@/server/trpc/org";
import { requireUser } from "@/server/trpc/require-user";
import { give, HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";

type OrgLayoutProps = { params: Promise<{ org: string }>; children: ReactNode };

/** Everything below belongs to the organization of the URL; a stranger gets a 404 before anything is sent. */
export default async function OrgLayout({ params, children }: OrgLayoutProps) {
  const { name, email } = await requireUser();
  const [{ org, runs, connections, keptHistory }] = await Promise.all([
    getFrame((await params).org),
    prefetched(trpc.orgs.list.queryOptions()),
  ]);
  const isCollapsed = (await cookies()).get(sideBarCookie)?.value === "collapsed";
  give(trpc.connections.list.queryKey({ org: org.slug }), connections);
  give(trpc.connections.kept.queryKey({ org: org.slug }), keptHistory);
  return (
    <HydrateClient>
      <OrgProvider org={org}>
        <SyncProgressProvider org={org.slug} initialRuns={runs}>
          <OrgShell user={{ name, email }} isInitiallyCollapsed={isCollapsed}>
            {children}
          </OrgShell>
        </SyncProgressProvider>
      </OrgProvider>
    </HydrateClient>
  );
}
