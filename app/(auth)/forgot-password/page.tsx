import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { RequestLinkForm } from "@/components/auth/request-link-form";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { loadCallback } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.reset");
  return { title: t("requestTitle") };
}

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const callbackPath = safeCallbackPath((await loadCallback(searchParams)).callbackUrl);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("reset.requestTitle")}
      lead={t("reset.requestLead")}
      other={{ label: t("toSignIn"), href: withCallback("/sign-in", callbackPath) }}
    >
      <RequestLinkForm kind="reset" callbackPath={callbackPath} />
    </AuthCard>
  );
}
