import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { SignInForm } from "@/components/auth/sign-in-form";
import { currentUser } from "@/server/auth/session";
import { loadCallback } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signInTitle") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const callbackPath = safeCallbackPath((await loadCallback(searchParams)).callbackUrl);
  if (await currentUser()) redirect(callbackPath);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("signInTitle")}
      lead={t("signInLead")}
      other={{ question: t("noAccount"), label: t("toSignUp"), href: withCallback("/sign-up", callbackPath) }}
    >
      <SignInForm callbackPath={callbackPath} />
    </AuthCard>
  );
}
