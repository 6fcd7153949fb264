import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { SsoForm } from "@/components/auth/sso-form";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { currentUser } from "@/server/auth/session";
import { loadSso } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.provider");
  return { title: t("ssoTitle") };
}

/** Where somebody says which organization's identity provider to go to. */
export default async function SsoPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl, hint } = await loadSso(searchParams);
  const callbackPath = safeCallbackPath(callbackUrl);
  if (await currentUser()) redirect(callbackPath);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("provider.ssoTitle")}
      lead={t("provider.ssoLead")}
      other={{ label: t("withPassword"), href: withCallback("/sign-in", callbackPath) }}
    >
      <SsoForm callbackPath={callbackPath} suggested={hint ?? ""} />
    </AuthCard>
  );
}
