import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ProviderRefusal } from "@/components/auth/provider-refusal";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { Button } from "@/components/ui/button";
import { currentUser } from "@/server/auth/session";
import { loadRefusal } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.provider");
  return { title: t("refusedTitle"), robots: { index: false } };
}

/** Why an identity provider's answer led to nothing, and the way on for who is signed in and for who is not. */
export default async function RefusedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl, reason, wait } = await loadRefusal(searchParams);
  const callbackPath = safeCallbackPath(callbackUrl);
  const isSignedIn = (await currentUser()) !== null;
  const t = await getTranslations("auth.provider");
  return (
    <AuthCard title={t("refusedTitle")} lead={t("refusedLead")}>
      <div className="grid gap-4">
        <ProviderRefusal reason={reason ?? ""} waitSeconds={wait} />
        <Button asChild size="lg">
          <Link href={isSignedIn ? callbackPath : withCallback("/sign-in", callbackPath)}>
            {t(isSignedIn ? "back" : "again")}
          </Link>
        </Button>
      </div>
    </AuthCard>
  );
}
