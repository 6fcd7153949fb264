import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { currentUser } from "@/server/auth/session";
import { openCaller } from "@/server/trpc/rsc";
import { loadCallback } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signUpTitle") };
}

export default async function SignUpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl, email } = await loadCallback(searchParams);
  const callbackPath = safeCallbackPath(callbackUrl);
  if (await currentUser()) redirect(callbackPath);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("signUpTitle")}
      lead={t("signUpLead")}
      other={{ question: t("haveAccount"), label: t("toSignIn"), href: withCallback("/sign-in", callbackPath) }}
    >
      <SignUpForm
        callbackPath={callbackPath}
        signInHref={withCallback("/sign-in", callbackPath)}
        suggestedEmail={email ?? ""}
      />
      <ProviderButtons providers={await openCaller.auth.providers()} callbackPath={callbackPath} />
    </AuthCard>
  );
}
