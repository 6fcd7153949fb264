import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ExpiredLink } from "@/components/auth/expired-link";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeCallbackPath } from "@/components/lib/callback-path";
import { mailedLink } from "@/server/trpc/mailed-link";
import { loadToken } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.verify");
  return { title: t("title"), referrer: "no-referrer" };
}

/** Confirms an address by signing in: who has the link needs the password as well. */
export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { token, callbackUrl } = await loadToken(searchParams);
  const found = await mailedLink("verify_email", token);
  if (!token || !found) return <ExpiredLink kind="verify" />;
  const t = await getTranslations("auth.verify");
  return (
    <AuthCard title={t("title")} lead={t("lead", found)}>
      <SignInForm
        callbackPath={safeCallbackPath(callbackUrl)}
        verifyToken={token}
        email={found.email}
        submitLabel={t("submit")}
      />
      <p className="mt-4 text-xs text-pretty text-muted-foreground">{t("doneHint")}</p>
    </AuthCard>
  );
}
