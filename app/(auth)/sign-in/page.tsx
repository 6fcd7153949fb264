import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard, AuthLink } from "@/components/auth/auth-card";
import { LinkNote } from "@/components/auth/link-note";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { currentUser } from "@/server/auth/session";
import { openCaller } from "@/server/trpc/rsc";
import { loadCallback } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signInTitle") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl, link, email } = await loadCallback(searchParams);
  const callbackPath = safeCallbackPath(callbackUrl);
  if (await currentUser()) redirect(callbackPath);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t(link ? "provider.linkTitle" : "signInTitle")}
      lead={t(link ? "provider.linkLead" : "signInLead")}
      other={{ question: t("noAccount"), label: t("toSignUp"), href: withCallback("/sign-up", callbackPath) }}
    >
      {link && email && <LinkNote email={email} />}
      <SignInForm callbackPath={callbackPath} linkToken={link ?? undefined} suggestedEmail={email ?? undefined} />
      {link ? (
        <p className="mt-4 text-xs text-pretty text-muted-foreground">{t("provider.linkNoPassword")}</p>
      ) : (
        <>
          <ProviderButtons providers={await openCaller.auth.providers()} callbackPath={callbackPath} />
          <p className="mt-4 text-center text-13">
            <AuthLink href={withCallback("/sign-in/link", callbackPath)}>{t("withLink")}</AuthLink>
          </p>
        </>
      )}
    </AuthCard>
  );
}
