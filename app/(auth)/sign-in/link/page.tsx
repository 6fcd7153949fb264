import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { AuthCard } from "@/components/auth/auth-card";
import { ExpiredLink } from "@/components/auth/expired-link";
import { RedeemLink } from "@/components/auth/redeem-link";
import { RequestLinkForm } from "@/components/auth/request-link-form";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { mailedLink } from "@/server/trpc/mailed-link";
import { loadToken } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("title"), referrer: "no-referrer" };
}

/** Without a token it asks where to mail a link; with one it shows the button that uses it. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { token, callbackUrl } = await loadToken(searchParams);
  const callbackPath = safeCallbackPath(callbackUrl);
  const t = await getTranslations("auth");
  if (token === null) {
    const other = { label: t("withPassword"), href: withCallback("/sign-in", callbackPath) };
    return (
      <AuthCard title={t("link.title")} lead={t("link.lead")} other={other}>
        <RequestLinkForm kind="signIn" callbackPath={callbackPath} />
      </AuthCard>
    );
  }
  const found = await mailedLink("magic_link", token);
  if (!found) return <ExpiredLink kind="signIn" />;
  return (
    <AuthCard title={t("link.redeemTitle", found)} lead={t("link.redeemLead")}>
      <RedeemLink token={token} callbackPath={callbackPath} />
    </AuthCard>
  );
}
