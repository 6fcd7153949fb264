import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { sideBarCookie } from "@/components/layout/side-bar-cookie";
import { OrgProvider } from "@/components/orgs/org-context";
import { OrgShell } from "@/components/orgs/org-shell";
import { SyncProgressProvider } from "@/components/sync/progress-context";
import { getOrg, orNotFound } from "@/server/trpc/org";
import { requireUser } from "@/server/trpc/require-user";
import { caller, HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";

type OrgLayoutProps = { params: Promise<{ org: string }>; children: ReactNode };

/** Everything below belongs to the organization of the URL; a stranger gets a 404 before anything is sent. */
export default async function OrgLayout({ params, children }: OrgLayoutProps) {
  const { name, email } = await requireUser();
  const org = await getOrg((await params).org);
  const isCollapsed = (await cookies()).get(sideBarCookie)?.value === "collapsed";
  const [runs] = await Promise.all([
    // Who was removed since the line above finds nothing either.
    orNotFound(caller.sync.active({ org: org.slug })),
    prefetched(trpc.orgs.list.queryOptions()),
    prefetched(trpc.connections.list.queryOptions({ org: org.slug })),
    prefetched(trpc.connections.kept.queryOptions({ org: org.slug })),
  ]);
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
