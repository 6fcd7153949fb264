import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ExpiredLink } from "@/components/auth/expired-link";
import { PendingCode } from "@/components/auth/pending-code";
import { safeCallbackPath } from "@/components/lib/callback-path";
import { loadPending } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signInTitle"), referrer: "no-referrer" };
}

/** Where signing in at an identity provider goes on when the account has a second factor. */
export default async function SignInCodePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { pending, callbackUrl } = await loadPending(searchParams);
  const t = await getTranslations("auth");
  if (!pending) return <ExpiredLink kind="verify" />;
  return (
    <AuthCard title={t("signInTitle")} lead={t("signInLead")}>
      <PendingCode pendingToken={pending} callbackPath={safeCallbackPath(callbackUrl)} />
    </AuthCard>
  );
}
