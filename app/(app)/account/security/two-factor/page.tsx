import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { LeaveOrg } from "@/components/auth/leave-org";
import { ProveTwoFactor } from "@/components/account/prove-two-factor";
import { TwoFactorSetUpSteps } from "@/components/account/two-factor-set-up";
import { safeCallbackPath } from "@/components/lib/callback-path";
import { Callout } from "@/components/ui/callout";
import { caller } from "@/server/trpc/rsc";
import { loadReturn } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.twoFactor");
  return { title: t("setUpTitle") };
}

/** Sets the second factor up, or proves it for a session that began without; then back to what asked for it. */
export default async function TwoFactorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl } = await loadReturn(searchParams);
  const callbackPath = callbackUrl === null ? "/account/security" : safeCallbackPath(callbackUrl);
  const { email, twoFactor } = await caller.account.get();
  if (twoFactor.isProvenInThisSession) redirect(callbackPath);
  const t = await getTranslations("account.twoFactor");
  const demanding = await orgOf(callbackPath);
  return (
    <div className="max-w-md">
      <h1 className="text-xl font-semibold tracking-tight">{t(twoFactor.isOn ? "prove" : "setUpTitle")}</h1>
      <p className="mt-1 text-pretty text-muted-foreground">{t(twoFactor.isOn ? "proveText" : "setUpLead")}</p>
      {callbackUrl !== null && !twoFactor.isOn && (
        <Callout variant="info" className="mt-4">
          {t("demanded")}
        </Callout>
      )}
      <div className="mt-6 rounded-xl border bg-card p-5 shadow-raised sm:p-6">
        {twoFactor.isOn ? (
          <ProveTwoFactor callbackPath={callbackPath} />
        ) : (
          <TwoFactorSetUpSteps email={email} callbackPath={callbackPath} />
        )}
      </div>
      {demanding && (
        <div className="mt-4 text-center">
          <LeaveOrg org={demanding} />
        </div>
      )}
    </div>
  );
}

/** The organization whose page somebody wanted to go to, and which demands this. */
async function orgOf(path: string) {
  const slug = path.split("/")[1];
  return (await caller.orgs.list()).find((org) => org.slug === slug);
}
