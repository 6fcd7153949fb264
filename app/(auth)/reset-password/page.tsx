import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ExpiredLink } from "@/components/auth/expired-link";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { mailedLink } from "@/server/trpc/mailed-link";
import { loadToken } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.reset");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { token } = await loadToken(searchParams);
  const found = await mailedLink("reset_password", token);
  if (!token || !found) return <ExpiredLink kind="reset" />;
  const t = await getTranslations("auth.reset");
  return (
    <AuthCard title={t("title")} lead={t("lead", found)}>
      <ResetPasswordForm token={token} email={found.email} />
    </AuthCard>
  );
}
