import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvitationPanel } from "@/components/members/invitation-panel";
import { currentUser } from "@/server/auth/session";
import { openCaller } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invitation");
  // The address of this page is a secret of who got the mail.
  return { title: t("title"), referrer: "no-referrer", robots: { index: false, follow: false } };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const user = await currentUser();
  const view = await openCaller.members.invitation({ token: token.slice(0, 200) });
  return <InvitationPanel token={token} view={view} viewer={user?.email ?? null} />;
}
